import { type RefObject, useEffect, useState } from 'react';
import { selectedParts, type VersePart } from './verse.dom.ts';

/** What a reader has laid hold of in the text, and where on the page that is. */
export type Gesture = {
  readonly parts: readonly VersePart[];
  readonly place: DOMRect;
  /** A highlight that was touched, rather than words that were selected. */
  readonly highlight: string | undefined;
};

/** A selection changes with each step of the pointer; this long it must rest. */
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
      // On a touch screen the handles of a selection belong to the system: no end of a touch is told.
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
    read(); // what was selected before this came
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
