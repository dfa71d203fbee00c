import type { ChapterResponse } from '@gospelib/contracts';
import { type RefObject, useEffect } from 'react';
import { rememberPlace, writePlace } from '../reading/reading.store.ts';
import { topVerse } from '../reading/top.verse.ts';

/** Delay, ms: reading positions earlier would force a layout before the first paint. */
const AFTER_PAINT = 400;

/** Remembers the chapter and the verse at the top of the reading area, to continue there later. */
export function usePlace(text: RefObject<HTMLElement | null>, chapter: ChapterResponse): void {
  const { id, reference } = chapter;
  useEffect(() => {
    const remember = () => {
      const top = text.current && topVerse(text.current);
      if (top) rememberPlace({ id, reference, verse: top.verse });
    };
    const timer = setTimeout(remember, AFTER_PAINT);
    addEventListener('scroll', remember, { passive: true });
    addEventListener('pagehide', writePlace);
    return () => {
      clearTimeout(timer);
      removeEventListener('scroll', remember);
      removeEventListener('pagehide', writePlace);
    };
  }, [text, id, reference]);
}
