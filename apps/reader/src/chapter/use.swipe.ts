import type { ChapterResponse } from '@gospelib/contracts';
import { type RefObject, useEffect, useRef } from 'react';
import { passagePath } from '../address/address.ts';
import { useGo } from '../address/use.go.ts';

type Point = { readonly x: number; readonly y: number; readonly at: number };

const FAR = 60;
const QUICK = 600;

/** The direction of a horizontal swipe; undefined for other gestures. Milliseconds and CSS pixels. */
export function swipeOf(from: Point, to: Point): 'left' | 'right' | undefined {
  const x = to.x - from.x;
  const y = to.y - from.y;
  if (to.at - from.at > QUICK || Math.abs(x) < FAR || Math.abs(x) < 2.5 * Math.abs(y)) {
    return undefined;
  }
  return x < 0 ? 'left' : 'right';
}

/** Swiping left turns to the next chapter, swiping right to the previous one. */
export function useSwipe(text: RefObject<HTMLElement | null>, chapter: ChapterResponse): void {
  const go = useGo();
  const latest = useRef({ chapter, go });
  latest.current = { chapter, go };

  useEffect(() => {
    const element = text.current;
    let start: Point | undefined;
    const onStart = (event: TouchEvent) => {
      const [touch] = event.touches;
      start =
        touch && event.touches.length === 1
          ? { x: touch.clientX, y: touch.clientY, at: event.timeStamp }
          : undefined;
    };
    const onEnd = (event: TouchEvent) => {
      const [touch] = event.changedTouches;
      if (!start || !touch || getSelection()?.isCollapsed === false) return;
      const way = swipeOf(start, { x: touch.clientX, y: touch.clientY, at: event.timeStamp });
      const { chapter: here, go } = latest.current;
      const link = way && (way === 'left' ? here.next : here.previous);
      if (link) go(passagePath(link.id));
    };
    element?.addEventListener('touchstart', onStart, { passive: true });
    element?.addEventListener('touchend', onEnd, { passive: true });
    return () => {
      element?.removeEventListener('touchstart', onStart);
      element?.removeEventListener('touchend', onEnd);
    };
  }, [text]);
}
