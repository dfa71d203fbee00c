import type { ChapterResponse } from '@gospelib/contracts';
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { type PanelView, passagePath } from '../address/address.ts';
import { formatVerseRange, type VerseRange } from '../address/verse.range.ts';
import { requests } from '../api/api.ts';
import { useChapterStep } from '../chapter/use.chapter.step.ts';
import { Loading } from '../resource/loading.tsx';
import { ResourceView } from '../resource/resource.view.tsx';
import { ConnectionTabs } from './connection.tabs.tsx';
import { PassageActions } from './passage.actions.tsx';
import { passageOf, referenceOf } from './passage.copy.ts';
import './panel.css';

const PassageMarks = lazy(() => import('../marks/passage.marks.tsx'));

type VersePanelProps = {
  /** The verses whose connections are shown. */
  readonly range: VerseRange;
  readonly chapter: ChapterResponse;
  readonly view: PanelView;
};

/** The connections of the selected verses: beside the text, or over its lower part on a phone. */
export default function VersePanel({ range, chapter, view }: VersePanelProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const { leave } = useChapterStep();
  const reference = referenceOf(chapter, range);
  const id = passageOf(chapter, range);

  // Opened by the verse's number, it takes the focus; a click into the text leaves the focus alone.
  // Fewer dependencies than uses: when it opens
  useEffect(() => {
    if (document.activeElement?.matches('.verse-number')) {
      heading.current?.focus({ preventScroll: true });
    }
  }, []);

  const closed = passagePath(`${chapter.id}.${formatVerseRange(range)}`);
  return (
    <aside className="panel" aria-labelledby="panel-title">
      <header className="panel-head">
        <h2 id="panel-title" ref={heading} tabIndex={-1}>
          <span className="unseen">Connections of </span>
          {reference}
        </h2>
        <Link
          className="panel-close"
          to={closed}
          onClick={(event) => {
            event.preventDefault();
            leave(closed);
          }}
          aria-label="Close the connections"
        >
          ×
        </Link>
      </header>
      <PassageActions chapter={chapter} range={range} />
      <Suspense fallback={<div className="passage-marks-place" />}>
        <PassageMarks chapter={chapter} range={range} />
      </Suspense>
      <ResourceView request={requests.connections(id)} waiting={<Loading />}>
        {(connections) => <ConnectionTabs id={id} connections={connections} view={view} />}
      </ResourceView>
    </aside>
  );
}
