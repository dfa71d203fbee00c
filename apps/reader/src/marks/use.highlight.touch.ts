import type { Highlight } from '@gospelib/contracts';
import { type RefObject, useEffect, useRef } from 'react';
import type { Shown } from '../outbox/overlay.ts';
import type { Gesture } from './use.gesture.ts';
import { numberOf, placeUnder, rangeOf } from './verse.dom.ts';

/** A touch or click on highlighted words selects their highlight, before the verse opens its connections. */
export function useHighlightTouch(
  text: RefObject<HTMLElement | null>,
  chapter: string,
  highlights: readonly Shown<Highlight>[],
  onTouch: (gesture: Gesture) => void,
): void {
  const latest = useRef({ highlights, onTouch });
  latest.current = { highlights, onTouch };

  useEffect(() => {
    const element = text.current;
    const onClick = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target : undefined;
      const verse = target?.closest<HTMLElement>('[data-verse]');
      if (!verse || target?.closest('a, button') || event.shiftKey) return;
      if (getSelection()?.isCollapsed === false) return;
      const touched = highlightUnder(event, verse, chapter, latest.current.highlights);
      if (!touched) return;
      event.stopPropagation();
      latest.current.onTouch(touched);
    };
    element?.addEventListener('click', onClick, true);
    return () => element?.removeEventListener('click', onClick, true);
  }, [text, chapter]);
}

function highlightUnder(
  { clientX, clientY }: MouseEvent,
  verse: HTMLElement,
  chapter: string,
  highlights: readonly Shown<Highlight>[],
): Gesture | undefined {
  const number = numberOf(verse);
  const place = placeUnder(clientX, clientY);
  if (!place) return undefined;
  // The newest one is on top.
  for (const { item } of highlights.toReversed()) {
    if (item.passage !== `${chapter}.${number}`) continue;
    const range = rangeOf(verse, item.words);
    if (!range?.isPointInRange(place.node, place.offset)) continue;
    // Next to the text the browser reports the nearest position, which was not touched.
    const inside = [...range.getClientRects()].some(
      ({ left, right, top, bottom }) =>
        clientX >= left && clientX <= right && clientY >= top && clientY <= bottom,
    );
    if (!inside) continue;
    const parts = [{ verse: number, words: item.words }];
    return { parts, place: range.getBoundingClientRect(), highlight: item.id };
  }
  return undefined;
}
