import { type RefObject, useEffect } from 'react';
import { topVerse } from '../reading/top.verse.ts';
import { notePlace, sendPlaces } from './place.sender.ts';

/** How long a chapter must stay open to count as read, ms. */
const STAYED = 3_000;

/** Sends the place of a signed-in reader now and then, and when they leave the chapter. */
export function usePlaceRecord(
  text: RefObject<HTMLElement | null>,
  account: string,
  chapter: string,
): void {
  useEffect(() => {
    const opened = performance.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let verse = 1;
    const look = () => {
      verse = (text.current && topVerse(text.current)?.verse) ?? verse;
    };
    const record = () => {
      timer = undefined;
      const readAt = new Date().toISOString();
      notePlace({ account, chapter, verse, readAt })
        .then(sendPlaces)
        .catch((error: unknown) => console.warn('The place could not be noted.', error));
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(record, STAYED);
    };
    const onScroll = () => {
      look();
      later();
    };
    timer = setTimeout(() => {
      look();
      record();
    }, STAYED);
    addEventListener('scroll', onScroll, { passive: true });
    return () => {
      removeEventListener('scroll', onScroll);
      clearTimeout(timer);
      if (timer !== undefined && performance.now() - opened >= STAYED) record();
    };
  }, [text, account, chapter]);
}
