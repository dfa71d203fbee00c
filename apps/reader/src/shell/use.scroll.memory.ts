import { useEffect, useLayoutEffect } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';
import { pageOf } from '../address/address.ts';

const positions = new Map<string, number>();
/** How long a page may take to become as long as it was. */
const PATIENCE = 1_500;

/** Whether the page of a history entry has been seen, and where it was scrolled to. */
export function remembersScroll(key: string): boolean {
  return positions.has(key);
}

/** A new page begins at its top, and one that was left is found where it was left. */
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

  // Fewer dependencies than uses: a change within a page leaves it where it is
  useLayoutEffect(() => {
    const wanted = type === NavigationType.Pop ? positions.get(key) : undefined;
    if (wanted === undefined) {
      // An address with a verse in it is brought there by the chapter.
      if (pathname === page) scrollTo({ top: 0, behavior: 'instant' });
      return;
    }
    return scrollWhenLongEnough(wanted);
  }, [page]);
}

function scrollWhenLongEnough(top: number): () => void {
  const end = performance.now() + PATIENCE;
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
