import type { BookResponse } from '@gospelib/contracts';
import { lazy, type ReactNode, useEffect } from 'react';
import { useParams } from 'react-router';
import { parseVerseRange } from '../address/verse.range.ts';
import { requests } from '../api/api.ts';
import { Loading } from '../resource/loading.tsx';
import { ResourceView } from '../resource/resource.view.tsx';
import { prefetch, useResource } from '../resource/use.resource.ts';
import { ChapterView } from './chapter.view.tsx';

const NotFoundPage = lazy(() => import('../shell/not-found.page.tsx'));

/** `/alma/32`, and with chosen verses `/alma/32/21-23`. */
export function ChapterPage(): ReactNode {
  const { book = '', chapter = '', verses } = useParams();
  const first = chapter === '1';
  useEffect(() => {
    if (first) prefetch(requests.book(book));
  }, [first, book]);

  const range = parseVerseRange(verses);
  return (
    <ResourceView
      request={requests.chapter(`${book}.${chapter}`)}
      missing={(reason) => <NotFoundPage reason={reason} />}
    >
      {(value) =>
        first ? (
          <BookOpening slug={book}>
            {(opening) => (
              <ChapterView key={value.id} chapter={value} range={range} opening={opening} />
            )}
          </BookOpening>
        ) : (
          <ChapterView key={value.id} chapter={value} range={range} opening={undefined} />
        )
      }
    </ResourceView>
  );
}

type BookOpeningProps = {
  readonly slug: string;
  readonly children: (opening: BookResponse | undefined) => ReactNode;
};

/** A book's introduction above its first chapter: both appear together, or the chapter without it. */
function BookOpening({ slug, children }: BookOpeningProps): ReactNode {
  const book = useResource(requests.book(slug));
  if (book.status === 'loading') return <Loading />;
  return children(book.status === 'ready' ? book.value : undefined);
}
