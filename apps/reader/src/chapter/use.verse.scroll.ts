import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { VerseRange } from '../address/verse.range.ts';
import { isRestoring } from '../shell/scroll.place.ts';

export function findVerse(text: HTMLElement | null, verse: number): HTMLElement | null {
  return text?.querySelector<HTMLElement>(`[data-verse="${verse}"]`) ?? null;
}

/** Scrolls to the selected verse: to the middle when the page opens, afterwards only as far as needed. */
export function useVerseScroll(
  text: RefObject<HTMLElement | null>,
  range: VerseRange | undefined,
): void {
  const opened = useRef(false);
  const verse = range?.first;

  // Fewer dependencies than uses: scroll only when the verse changes
  useLayoutEffect(() => {
    const first = !opened.current;
    opened.current = true;
    // Who comes back begins where they were, which need not be the selected verse.
    if (verse === undefined || (first && isRestoring())) return;
    findVerse(text.current, verse)?.scrollIntoView({
      block: first ? 'center' : 'nearest',
      behavior: 'instant',
    });
  }, [verse]);
}
