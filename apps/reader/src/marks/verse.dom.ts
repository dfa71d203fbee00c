import type { StudyWords } from '@gospelib/contracts';
import { type Word, wordsBetween, wordsOf } from './verse.words.ts';

/** A verse, or some of its words. */
export type VersePart = { readonly verse: number; readonly words?: StudyWords | undefined };

/** Elements in a verse that are not its text. */
const NOT_TEXT = '.verse-number, .pilcrow, .verse-marks, .verse-own';

export function versesIn(text: HTMLElement): readonly HTMLElement[] {
  return [...text.querySelectorAll<HTMLElement>('[data-verse]')];
}

export function numberOf(verse: HTMLElement): number {
  return Number(verse.dataset.verse);
}

type Words = { readonly nodes: readonly Text[]; readonly words: readonly Word[] };

function readWords(verse: HTMLElement): Words {
  const walker = document.createTreeWalker(verse, NodeFilter.SHOW_ALL, (node) => {
    if (node instanceof Text) return NodeFilter.FILTER_ACCEPT;
    const skipped = node instanceof Element && node.matches(NOT_TEXT);
    return skipped ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  const nodes: Text[] = [];
  while (walker.nextNode()) if (walker.currentNode instanceof Text) nodes.push(walker.currentNode);
  return { nodes, words: wordsOf(nodes.map(({ data }) => data)) };
}

/** The DOM range of a verse's words; of all words by default. */
export function rangeOf(verse: HTMLElement, words?: StudyWords | undefined): Range | undefined {
  const read = readWords(verse);
  const first = read.words[words?.start ?? 0];
  const last = read.words[Math.min(words?.end ?? read.words.length, read.words.length) - 1];
  return first && last && between(read, first, last);
}

function between({ nodes }: Words, first: Word, last: Word): Range | undefined {
  const [start, end] = [nodes[first.start[0]], nodes[last.end[0]]];
  if (!start || !end) return undefined;
  const range = document.createRange();
  range.setStart(start, first.start[1]);
  range.setEnd(end, last.end[1]);
  return range;
}

export function countWords(verse: HTMLElement): number {
  return readWords(verse).words.length;
}

/** The words that a DOM range overlaps, verse by verse; a whole verse has no words listed. */
function partsOf(text: HTMLElement, stretch: Range): readonly VersePart[] {
  return versesIn(text).flatMap((verse): VersePart[] => {
    if (!stretch.intersectsNode(verse)) return [];
    const read = readWords(verse);
    const touched = read.words.map((word) => {
      const range = between(read, word, word);
      return range !== undefined && overlap(stretch, range);
    });
    const words = wordsBetween(touched.indexOf(true), touched.lastIndexOf(true), touched.length);
    if (words === undefined || !touched.includes(true)) return [];
    const number = numberOf(verse);
    return [words === 'all' ? { verse: number } : { verse: number, words }];
  });
}

/** The words of a text that are selected. */
export function selectedParts(text: HTMLElement): readonly VersePart[] {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return [];
  return partsOf(text, selection.getRangeAt(0));
}

function overlap(one: Range, other: Range): boolean {
  return (
    one.compareBoundaryPoints(Range.START_TO_END, other) > 0 &&
    one.compareBoundaryPoints(Range.END_TO_START, other) < 0
  );
}

/** The text position under a pointer. */
export function placeUnder(x: number, y: number): { node: Node; offset: number } | undefined {
  if ('caretPositionFromPoint' in document) {
    const place = document.caretPositionFromPoint(x, y);
    return place ? { node: place.offsetNode, offset: place.offset } : undefined;
  }
  // The older API of Safari.
  const range = (document as Document).caretRangeFromPoint(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : undefined;
}
