import { type RefObject, useEffect, useRef } from 'react';
import { connectionsPath, type PanelView } from '../address/address.ts';
import { useGo } from '../address/use.go.ts';
import { formatVerseRange, type VerseRange } from '../address/verse.range.ts';

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
  const go = useGo();
  const latest = useRef({ range, view, go });
  latest.current = { range, view, go };

  useEffect(() => {
    const element = text.current;
    const onClick = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target : undefined;
      const verse = Number(target?.closest<HTMLElement>('[data-verse]')?.dataset.verse);
      if (!verse || target?.closest('a, button')) return;
      const { range: from, view: open, go } = latest.current;
      const extended = event.shiftKey && from ? extend(from, verse) : undefined;
      if (extended) getSelection()?.removeAllRanges();
      else if (getSelection()?.isCollapsed === false) return;
      const verses = formatVerseRange(extended ?? { first: verse, last: verse });
      go(connectionsPath(`${chapterId}.${verses}`, open), {
        replace: open !== undefined,
        preventScrollReset: true,
      });
    };
    element?.addEventListener('click', onClick);
    return () => element?.removeEventListener('click', onClick);
  }, [text, chapterId]);
}

function extend({ first, last }: VerseRange, verse: number): VerseRange {
  return verse < first ? { first: verse, last } : { first, last: verse };
}
