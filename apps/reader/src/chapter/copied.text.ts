/** What is copied of a chapter, line by line, and the verses that it is of. */
export type CopiedText = {
  readonly lines: readonly string[];
  readonly verses: { readonly first: number; readonly last: number };
  /** Whether it is long enough to be cited: who copies an expression wants no reference. */
  readonly cited: boolean;
};

const WORDS_TO_CITE = 6;
/** What is copied: of the head and the foot of a chapter only what is text. */
const TEXTS = '.chapter-head h1, .chapter-heading, .letter, .verse, .chapter-signature';
const NOT_TEXT = '.verse-number, .pilcrow, .verse-marks, .verse-own';

/** Reads a selection of a chapter; undefined when no word of a verse is in it. */
export function copiedText(chapter: HTMLElement, selected: Range): CopiedText | undefined {
  if (!chapter.contains(selected.commonAncestorContainer)) return undefined;
  const lines: string[] = [];
  const verses: number[] = [];
  let words = 0;
  for (const element of chapter.querySelectorAll<HTMLElement>(TEXTS)) {
    if (!selected.intersectsNode(element)) continue;
    const part = withinOf(selected, element).cloneContents();
    const numbered = part.querySelector('.verse-number')?.textContent;
    for (const other of part.querySelectorAll(NOT_TEXT)) other.remove();
    // The word joiner only serves the drop cap.
    const text = (part.textContent ?? '').replaceAll('\u2060', '').replace(/\s+/g, ' ').trim();
    if (!text) continue;
    const verse = element.dataset.verse;
    lines.push(numbered && verse ? `${verse} ${text}` : text);
    if (verse === undefined) continue;
    verses.push(Number(verse));
    words += text.split(' ').length;
  }
  const [first, last] = [verses[0], verses.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return { lines, verses: { first, last }, cited: words >= WORDS_TO_CITE };
}

/** The part of a selection that lies within an element. */
function withinOf(selected: Range, element: HTMLElement): Range {
  const part = document.createRange();
  part.selectNodeContents(element);
  if (selected.compareBoundaryPoints(Range.START_TO_START, part) > 0) {
    part.setStart(selected.startContainer, selected.startOffset);
  }
  if (selected.compareBoundaryPoints(Range.END_TO_END, part) < 0) {
    part.setEnd(selected.endContainer, selected.endOffset);
  }
  return part;
}
