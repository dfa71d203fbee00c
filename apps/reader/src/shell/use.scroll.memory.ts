import { useEffect, useLayoutEffect } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';
import { pageOf } from '../address/address.ts';

const positions = new Map<string, number>();
/** How long a page may take to reach its earlier height, ms. */
const RESTORE_TIMEOUT = 1_500;

/** Whether the scroll position of a history entry is known. */
export function remembersScroll(key: string): boolean {
  return positions.has(key);
}

/** Starts new pages at the top, and restores the position of pages left earlier. */
export function useScrollMemory(): void {
  const { key, pathname } = useLocation();
  const type = useNavigationType();
  const page = pageOf(pathname);

  useEffect(() => {
    history.scrollRestoration = 'manual';
    const remember = () => positions.set(key, scrollY);
    addEventListener('scroll', remember, { passive: true });
    return () => removeEventListener('scroll', remember);
  }, [key]);

  // Fewer dependencies than uses: a change within a page does not scroll
  useLayoutEffect(() => {
    const wanted = type === NavigationType.Pop ? positions.get(key) : undefined;
    if (wanted === undefined) {
      // The chapter itself scrolls to a verse in the address.
      if (pathname === page) scrollTo({ top: 0, behavior: 'instant' });
      return;
    }
    return scrollWhenLongEnough(wanted);
  }, [page]);
}

function scrollWhenLongEnough(top: number): () => void {
  const end = performance.now() + RESTORE_TIMEOUT;
  let frame = 0;
  const attempt = () => {
    scrollTo({ top, behavior: 'instant' });
    if (Math.abs(scrollY - top) > 2 && performance.now() < end) {
      frame = requestAnimationFrame(attempt);
    }
  };
  attempt();
  return () => cancelAnimationFrame(frame);
}
