import type { BookResponse, ChapterResponse } from '@gospelib/contracts';
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { parsePanelView } from '../address/address.ts';
import type { VerseRange } from '../address/verse.range.ts';
import { requests } from '../api/api.ts';
import { referenceOf } from '../panel/passage.copy.ts';
import { prefetch } from '../resource/use.resource.ts';
import { Optional } from '../shell/optional.tsx';
import { useDeferred } from '../shell/use.deferred.ts';
import { ChapterEnd } from './chapter.end.tsx';
import { ChapterHead } from './chapter.head.tsx';
import { ChapterText } from './chapter.text.tsx';
import { useChapterKeys } from './use.chapter.keys.ts';
import { useCopy } from './use.copy.ts';
import { usePlace } from './use.place.ts';
import { useSwipe } from './use.swipe.ts';
import { useVersePointer } from './use.verse.pointer.ts';
import { useVerseScroll } from './use.verse.scroll.ts';
import './chapter.css';

const loadPanel = () => import('../panel/verse.panel.tsx');
const VersePanel = lazy(loadPanel);
const ChapterMarks = lazy(() => import('../marks/chapter.marks.tsx'));

type ChapterViewProps = {
  readonly chapter: ChapterResponse;
  /** The selected verses, from the address. */
  readonly range: VerseRange | undefined;
  /** The book's introduction, above its first chapter. */
  readonly opening: BookResponse | undefined;
};

export function ChapterView({ chapter, range, opening }: ChapterViewProps): ReactNode {
  const text = useRef<HTMLDivElement>(null);
  const [params] = useSearchParams();
  const chosen = chapter.verses.find(({ number }) => number === range?.first);
  const view = chosen && parsePanelView(params.get('show'));
  const selected = chosen && range ? referenceOf(chapter, range) : undefined;
  const later = useDeferred();

  useChapterKeys(chapter, range, view);
  useVersePointer(text, chapter.id, range, view);
  useSwipe(text, chapter);
  useVerseScroll(text, range);
  usePlace(text, chapter);
  useCopy(text, chapter);
  usePrefetch(chapter);

  return (
    <div className="chapter-page" data-panel={view ? 'open' : 'closed'}>
      <article className="chapter" ref={text}>
        <ChapterHead chapter={chapter} opening={opening} selected={selected} />
        {range && !chosen && !(range.first === 0 && chapter.title) ? (
          <p className="chapter-fault" role="status">
            {chapter.reference} has {chapter.verses.length} verses; there is no verse {range.first}.
          </p>
        ) : null}
        <ChapterText chapter={chapter} range={range} />
        <ChapterEnd chapter={chapter} />
      </article>
      {chosen && range && view ? (
        <Suspense fallback={<aside className="panel" aria-busy="true" />}>
          <VersePanel range={range} chapter={chapter} view={view} />
        </Suspense>
      ) : null}
      {later ? (
        <Optional>
          <ChapterMarks text={text} chapter={chapter} range={range} />
        </Optional>
      ) : null}
    </div>
  );
}

/** Prefetches what turning the page or opening a verse will need. */
function usePrefetch({ previous, next }: ChapterResponse): void {
  useEffect(() => {
    const idle = setTimeout(() => {
      for (const link of [next, previous]) if (link) prefetch(requests.chapter(link.id));
      loadPanel().catch(() => undefined);
    }, 600);
    return () => clearTimeout(idle);
  }, [previous, next]);
}
