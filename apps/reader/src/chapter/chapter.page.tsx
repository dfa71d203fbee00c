import { lazy, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { parseVerseRange } from '../address/verse.range.ts';
import { requests } from '../api/api.ts';
import { ResourceView } from '../resource/resource.view.tsx';
import { ChapterView } from './chapter.view.tsx';

const NotFoundPage = lazy(() => import('../shell/not-found.page.tsx'));

/** `/alma/32`, and with chosen verses `/alma/32/21-23`. */
export function ChapterPage(): ReactNode {
  const { book = '', chapter = '', verses } = useParams();
  return (
    <ResourceView
      request={requests.chapter(`${book}.${chapter}`)}
      missing={(reason) => <NotFoundPage reason={reason} />}
    >
      {(value) => <ChapterView key={value.id} chapter={value} range={parseVerseRange(verses)} />}
    </ResourceView>
  );
}
