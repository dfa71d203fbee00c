import { type RefObject, useEffect } from 'react';
import { topVerse } from '../chapter/use.place.ts';
import { notePlace, sendPlaces } from './place.sender.ts';

/** How long a chapter must stay open to count as read, ms. */
const STAYED = 3_000;

/** Sends the place of a signed-in reader now and then. */
export function usePlaceRecord(
  text: RefObject<HTMLElement | null>,
  account: string,
  chapter: string,
): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const record = () => {
      const readAt = new Date().toISOString();
      notePlace({ account, chapter, verse: topVerse(text.current), readAt })
        .then(sendPlaces)
        .catch((error: unknown) => console.warn('The place could not be noted.', error));
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(record, STAYED);
    };
    later();
    addEventListener('scroll', later, { passive: true });
    return () => {
      clearTimeout(timer);
      removeEventListener('scroll', later);
    };
  }, [text, account, chapter]);
}
