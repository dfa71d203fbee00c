import { type RefObject, useEffect, useRef } from 'react';
import { connectionsPath, type PanelView } from '../address/address.ts';
import { formatVerseRange, type VerseRange } from '../address/verse.range.ts';
import { useChapterStep } from './use.chapter.step.ts';

/**
 * A touch or click in a verse opens its connections; with Shift it extends the selection to there. Selecting text and
 * following links work as usual.
 */
export function useVersePointer(
  text: RefObject<HTMLElement | null>,
  chapterId: string,
  range: VerseRange | undefined,
  view: PanelView | undefined,
): void {
  const { step } = useChapterStep();
  const latest = useRef({ range, view, step });
  latest.current = { range, view, step };

  useEffect(() => {
    const element = text.current;
    const onClick = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target : undefined;
      const verse = Number(target?.closest<HTMLElement>('[data-verse]')?.dataset.verse);
      if (!verse || target?.closest('a:not(.verse-number), button')) return;
      if (target?.closest('.verse-number')) {
        // It is a link, which another tab may open; here it is a step like a click into the text.
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.altKey) return;
        event.preventDefault();
      }
      const { range: from, view: open, step } = latest.current;
      const extended = event.shiftKey && from ? extend(from, verse) : undefined;
      if (extended) getSelection()?.removeAllRanges();
      else if (!event.defaultPrevented && getSelection()?.isCollapsed === false) return;
      const verses = formatVerseRange(extended ?? { first: verse, last: verse });
      step(connectionsPath(`${chapterId}.${verses}`, open));
    };
    element?.addEventListener('click', onClick);
    return () => element?.removeEventListener('click', onClick);
  }, [text, chapterId]);
}

function extend({ first, last }: VerseRange, verse: number): VerseRange {
  return verse < first ? { first: verse, last } : { first, last: verse };
}
