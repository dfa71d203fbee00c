import { useLayoutEffect, useRef } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';
import { pageOf } from '../address/address.ts';
import { stepFrom } from '../chapter/use.chapter.step.ts';
import {
  isRestoring,
  placeNow,
  placeOfHash,
  restorePlace,
  type ScrollPlace,
  savedPlace,
  savePlace,
} from './scroll.place.ts';

/** The places of this visit by history entry: the entries themselves are written a little later. */
const places = new Map<string, ScrollPlace>();
/** How long the page must rest before its place is written to the history entry, ms. */
const REST = 200;

/** Starts new pages at the top, and pages left earlier, or loaded again, where the reader was. */
export function useScrollMemory(): void {
  const { key, pathname, hash, state } = useLocation();
  const type = useNavigationType();
  const page = pageOf(pathname);
  const before = useRef<{ page: string; step: boolean }>(undefined);

  useLayoutEffect(() => {
    history.scrollRestoration = 'manual';
    return keepPlace(key);
  }, [key]);

  // Fewer dependencies than uses: once for each history entry
  useLayoutEffect(() => {
    const left = before.current;
    before.current = { page, step: stepFrom(state) !== undefined };
    const samePage = left?.page === page;
    const back = type === NavigationType.Pop;
    // Verses chosen and panels opened or closed leave the reader where they are.
    if (samePage && (!back || left.step)) return;
    const place = (back ? (places.get(key) ?? savedPlace()) : undefined) ?? placeOfHash(hash);
    if (place) return restorePlace(place);
    // The chapter itself scrolls to a verse in the address.
    if (!samePage && pathname === page) scrollTo({ top: 0, behavior: 'instant' });
  }, [key]);
}

/** Keeps the place of the present history entry up to date until the returned function is called. */
function keepPlace(key: string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const place = places.get(key);
    if (place && (history.state?.key ?? 'default') === key) savePlace(place);
  };
  const note = (): void => {
    if (isRestoring()) return;
    places.set(key, placeNow());
    clearTimeout(timer);
    timer = setTimeout(save, REST);
  };
  // An entry that replaced another one on the same page begins without a place.
  timer = setTimeout(note, REST);
  addEventListener('scroll', note, { passive: true });
  addEventListener('pagehide', save);
  document.addEventListener('visibilitychange', save);
  return () => {
    clearTimeout(timer);
    removeEventListener('scroll', note);
    removeEventListener('pagehide', save);
    document.removeEventListener('visibilitychange', save);
  };
}
