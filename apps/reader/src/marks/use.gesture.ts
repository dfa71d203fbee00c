import { type RefObject, useEffect, useState } from 'react';
import { selectedParts, type VersePart } from './verse.dom.ts';

/** What the reader selected in the text, and its position on the page. */
export type Gesture = {
  readonly parts: readonly VersePart[];
  readonly place: DOMRect;
  /** The highlight that was touched; undefined for selected words. */
  readonly highlight: string | undefined;
};

/** How long a selection must be unchanged, ms: it changes with every move of the pointer. */
const SETTLED = 180;

/** Follows the selection of words in a chapter, by mouse, touch or keyboard. */
export function useGesture(
  text: RefObject<HTMLElement | null>,
): readonly [Gesture | undefined, (gesture: Gesture | undefined) => void] {
  const [gesture, setGesture] = useState<Gesture>();

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let held = false;
    const read = () => {
      const found = text.current && readSelection(text.current);
      setGesture((before) => found ?? (before?.highlight === undefined ? undefined : before));
    };
    const later = () => {
      clearTimeout(timer);
      if (!held) timer = setTimeout(read, SETTLED);
    };
    const onDown = ({ pointerType }: PointerEvent) => {
      // On touch screens the system owns the selection handles, and no end of the touch is reported.
      held = pointerType === 'mouse';
    };
    const onUp = () => {
      held = false;
      later();
    };
    document.addEventListener('selectionchange', later);
    addEventListener('pointerdown', onDown);
    addEventListener('pointerup', onUp);
    addEventListener('pointercancel', onUp);
    read(); // what was selected before this hook was mounted
    return () => {
      clearTimeout(timer);
      document.removeEventListener('selectionchange', later);
      removeEventListener('pointerdown', onDown);
      removeEventListener('pointerup', onUp);
      removeEventListener('pointercancel', onUp);
    };
  }, [text]);

  return [gesture, setGesture];
}

function readSelection(text: HTMLElement): Gesture | undefined {
  const parts = selectedParts(text);
  if (parts.length === 0) return undefined;
  const place = getSelection()?.getRangeAt(0).getBoundingClientRect();
  return place && { parts, place, highlight: undefined };
}
