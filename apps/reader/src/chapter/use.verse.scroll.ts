import { type RefObject, useLayoutEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';
import type { VerseRange } from '../address/verse.range.ts';
import { remembersScroll } from '../shell/use.scroll.memory.ts';

export function findVerse(text: HTMLElement | null, verse: number): HTMLElement | null {
  return text?.querySelector<HTMLElement>(`[data-verse="${verse}"]`) ?? null;
}

/** Scrolls to the selected verse: to the middle when the page opens, afterwards only as far as needed. */
export function useVerseScroll(
  text: RefObject<HTMLElement | null>,
  range: VerseRange | undefined,
): void {
  const { key, state } = useLocation();
  const type = useNavigationType();
  const opened = useRef(false);
  // "Continue where you were" scrolls to a verse without selecting it.
  const verse = range?.first ?? (opened.current ? undefined : verseOfState(state));

  // Fewer dependencies than uses: scroll only when the verse changes
  useLayoutEffect(() => {
    const first = !opened.current;
    opened.current = true;
    if (verse === undefined || (first && type === 'POP' && remembersScroll(key))) return;
    findVerse(text.current, verse)?.scrollIntoView({
      block: first ? (range ? 'center' : 'start') : 'nearest',
      behavior: 'instant',
    });
  }, [verse]);
}

function verseOfState(state: unknown): number | undefined {
  const { verse } = (state ?? {}) as { readonly verse?: unknown };
  return typeof verse === 'number' && verse > 1 ? verse : undefined;
}
