import type { ChapterResponse } from '@gospelib/contracts';
import { type RefObject, useEffect } from 'react';
import { rememberPlace } from '../reading/reading.store.ts';

/** Remembers the chapter and the verse at the top of the window, to continue there later. */
export function usePlace(text: RefObject<HTMLElement | null>, chapter: ChapterResponse): void {
  const { id, reference } = chapter;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const remember = () => rememberPlace({ id, reference, verse: topVerse(text.current) });
    const onScroll = () => {
      clearTimeout(timer);
      timer = setTimeout(remember, 400);
    };
    // Deferred: reading positions would force a layout before the first paint.
    onScroll();
    addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(timer);
      removeEventListener('scroll', onScroll);
    };
  }, [text, id, reference]);
}

/** The first verse that is not above the window; 1 when unknown. */
export function topVerse(text: HTMLElement | null): number {
  for (const verse of text?.querySelectorAll<HTMLElement>('[data-verse]') ?? []) {
    const { top, height } = verse.getBoundingClientRect();
    if (top + height / 2 > 0) return Number(verse.dataset.verse);
  }
  return 1;
}
