import type { StudyWords } from '@gospelib/contracts';
import { type RefObject, useEffect, useRef } from 'react';
import { findVerse } from '../chapter/use.verse.scroll.ts';
import { countWords, rangeOf, selectedParts, type VersePart } from './verse.dom.ts';

/**
 * Shift with the arrow keys selects words of a verse from the keyboard: first the first word, then more words or fewer.
 * @param target the verse, or its words, from which the next key continues
 */
export function useWordKeys(
  text: RefObject<HTMLElement | null>,
  target: () => readonly VersePart[],
): void {
  const latest = useRef(target);
  latest.current = target;

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const plain = event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
      if (!step || !plain || isField(event.target)) return;
      // Read the selection itself: the page may not have processed the last change.
      const selected = text.current ? selectedParts(text.current) : [];
      const [part, more] = selected.length > 0 ? selected : latest.current();
      const verse = part && !more ? findVerse(text.current, part.verse) : null;
      if (!part || !verse) return;
      event.preventDefault(); // the arrow keys alone turn the page
      select(verse, selected.length > 0 ? part.words : undefined, step, selected.length > 0);
    };
    addEventListener('keydown', onKeyDown, true);
    return () => removeEventListener('keydown', onKeyDown, true);
  }, [text]);
}

function select(
  verse: HTMLElement,
  words: StudyWords | undefined,
  step: number,
  further: boolean,
): void {
  const total = countWords(verse);
  const start = words?.start ?? 0;
  const end = further ? (words?.end ?? total) + step : 1;
  const range = rangeOf(verse, { start, end: Math.min(Math.max(end, start + 1), total) });
  if (!range) return;
  getSelection()?.removeAllRanges();
  getSelection()?.addRange(range);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, dialog') !== null;
}
