import type { ChapterResponse } from '@gospelib/contracts';
import { type RefObject, useEffect } from 'react';
import { linkTo } from '../address/page.address.ts';
import { passageOf, referenceOf } from '../panel/passage.copy.ts';
import { copiedText } from './copied.text.ts';

/** Copies selected verses as a person would write them: numbers apart from words, and the reference below. */
export function useCopy(text: RefObject<HTMLElement | null>, chapter: ChapterResponse): void {
  useEffect(() => {
    const element = text.current;
    const onCopy = (event: ClipboardEvent) => {
      const selection = getSelection();
      if (!element || !event.clipboardData || !selection?.rangeCount) return;
      const copied = copiedText(element, selection.getRangeAt(0));
      if (!copied) return;
      const { lines, verses, cited } = copied;
      const reference = referenceOf(chapter, verses);
      const page = document.createElement('div');
      for (const line of lines) page.append(paragraph(line));
      if (cited) {
        const link = document.createElement('a');
        link.href = linkTo(passageOf(chapter, verses));
        link.textContent = reference;
        page.append(paragraph('— ', link));
      }
      const plain = cited ? [...lines, `— ${reference}`] : lines;
      event.clipboardData.setData('text/plain', plain.join('\n'));
      event.clipboardData.setData('text/html', page.innerHTML);
      event.preventDefault();
    };
    element?.addEventListener('copy', onCopy);
    return () => element?.removeEventListener('copy', onCopy);
  }, [text, chapter]);
}

function paragraph(...content: readonly (string | Node)[]): HTMLElement {
  const element = document.createElement('p');
  element.append(...content);
  return element;
}
