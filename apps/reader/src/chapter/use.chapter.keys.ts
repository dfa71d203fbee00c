import type { ChapterResponse } from '@gospelib/contracts';
import { connectionsPath, type PanelView, passagePath } from '../address/address.ts';
import { mapPath } from '../address/map.address.ts';
import { useGo } from '../address/use.go.ts';
import { formatVerseRange, type VerseRange } from '../address/verse.range.ts';
import { useKeys } from '../keyboard/use.keys.ts';
import { topVerse } from '../reading/top.verse.ts';
import { useChapterStep } from './use.chapter.step.ts';
import { findVerse } from './use.verse.scroll.ts';

/** Arrows turn the page, j and k move between verses, Escape closes the panel and clears the selection. */
export function useChapterKeys(
  chapter: ChapterResponse,
  range: VerseRange | undefined,
  view: PanelView | undefined,
): void {
  const go = useGo();
  const { step: stepTo, leave } = useChapterStep();
  const here = passagePath(chapter.id);

  const walk = (step: number) => {
    const top = topVerse()?.verse ?? 1;
    const current = range ? (step > 0 ? range.last : range.first) : top - step;
    const verse = Math.min(Math.max(current + step, 1), chapter.verses.length);
    focusVerse(verse);
    const id = `${chapter.id}.${verse}`;
    stepTo(view ? connectionsPath(id, view) : passagePath(id));
  };

  useKeys({
    ...(chapter.previous && turn('previous', chapter.previous.id)),
    ...(chapter.next && turn('next', chapter.next.id)),
    'verse-down': () => walk(1),
    'verse-up': () => walk(-1),
    ...(range && {
      map: () => go(mapPath({ root: `${chapter.id}.${range.first}` })),
      close: () => {
        if (view) focusVerse(range.first);
        leave(view ? passagePath(`${chapter.id}.${formatVerseRange(range)}`) : here);
      },
    }),
  });

  function turn(way: 'previous' | 'next', id: string) {
    return { [way]: () => go(passagePath(id)) };
  }
}

/** Focuses the verse's number, so that Enter opens its connections. */
function focusVerse(verse: number): void {
  findVerse(document.body, verse)
    ?.querySelector<HTMLElement>('.verse-number')
    ?.focus({ preventScroll: true });
}
