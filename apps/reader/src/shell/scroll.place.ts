import { scrollToVerse, type TopVerse, topVerse } from '../reading/top.verse.ts';

/** Where a page is scrolled to: a verse, which stays right at another width, or pixels on pages without verses. */
export type ScrollPlace = TopVerse | { readonly y: number };

export const placeNow = (): ScrollPlace => topVerse() ?? { y: scrollY };

/** False while the page is not long enough, or does not show the verse. */
function scrollToPlace(place: ScrollPlace): boolean {
  if ('verse' in place) return scrollToVerse(place);
  scrollTo({ top: place.y, behavior: 'instant' });
  return Math.abs(scrollY - place.y) <= 2;
}

/** The place kept in the present history entry: it survives a reload and a discarded tab. */
export function savedPlace(): ScrollPlace | undefined {
  const { verse, part, y } = (history.state?.place ?? {}) as Partial<TopVerse & { y: number }>;
  if (Number.isFinite(verse) && Number.isFinite(part)) return { verse, part } as TopVerse;
  return y !== undefined && Number.isFinite(y) ? { y } : undefined;
}

export function savePlace(place: ScrollPlace): void {
  try {
    history.replaceState({ ...history.state, place }, '');
  } catch {
    // Safari refuses more than a hundred in half a minute: the next one counts.
  }
}

/** `#v21` at the end of an address: the page begins at verse 21, without selecting it. */
export function placeOfHash(hash: string): ScrollPlace | undefined {
  const verse = Number(/^#v(\d{1,3})$/.exec(hash)?.[1]);
  return verse ? { verse, part: 0 } : undefined;
}

const READER_ACTS = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;
let restoring = false;

/** Whether the page is still growing towards the place where it will begin. */
export const isRestoring = (): boolean => restoring;

/** Scrolls to a place as soon as the page has it, unless the reader acts first. Ends with the returned function. */
export function restorePlace(place: ScrollPlace): () => void {
  const attempt = (): void => {
    if (scrollToPlace(place)) stop();
  };
  const observer = new ResizeObserver(attempt);
  const stop = (): void => {
    restoring = false;
    observer.disconnect();
    for (const act of READER_ACTS) removeEventListener(act, stop);
  };
  restoring = true;
  for (const act of READER_ACTS) addEventListener(act, stop, { passive: true });
  observer.observe(document.body);
  attempt();
  return stop;
}
