import type { ChapterResponse } from '@gospelib/contracts';
import { connectionsPath, type PanelView, passagePath } from '../address/address.ts';
import { mapPath } from '../address/map.address.ts';
import { useGo } from '../address/use.go.ts';
import type { VerseRange } from '../address/verse.range.ts';
import { useKeys } from '../keyboard/use.keys.ts';
import { topVerse } from './use.place.ts';
import { findVerse } from './use.verse.scroll.ts';

/** Arrows turn the page, j and k move between verses, Escape closes the panel and clears the selection. */
export function useChapterKeys(
  chapter: ChapterResponse,
  range: VerseRange | undefined,
  view: PanelView | undefined,
): void {
  const go = useGo();
  const here = passagePath(chapter.id);

  const walk = (step: number) => {
    const current = range ? (step > 0 ? range.last : range.first) : topVerse(document.body) - step;
    const verse = Math.min(Math.max(current + step, 1), chapter.verses.length);
    focusVerse(verse);
    const id = `${chapter.id}.${verse}`;
    go(view ? connectionsPath(id, view) : passagePath(id), { replace: range !== undefined });
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
        go(view ? passagePath(`${chapter.id}.${range.first}`) : here, { replace: true });
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
