/** A run of text; `divine` runs are capitals that print sets as small capitals (LORD, I AM, …). */
export type TextRun = { readonly text: string; readonly divine: boolean };

/** The source writes small capitals as capitals: every word of two or more capitals. */
const SMALL_CAPITALS = /[A-ZÆ]{2,}/g;

export function splitDivine(text: string): readonly TextRun[] {
  const runs: TextRun[] = [];
  let end = 0;
  for (const match of text.matchAll(SMALL_CAPITALS)) {
    if (match.index > end) runs.push({ text: text.slice(end, match.index), divine: false });
    runs.push({ text: match[0], divine: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) runs.push({ text: text.slice(end), divine: false });
  return runs;
}

/**
 * The source has straight quotation marks; a book has curly ones. A mark opens after a space, a dash, a bracket or
 * another mark, and at the beginning; elsewhere it closes, which makes apostrophes right too.
 */
export function curlQuotes(text: string): string {
  return text
    .replace(/(^|[\s—–([{"“])'(?=\S)/g, '$1‘')
    .replace(/'/g, '’')
    .replace(/(^|[\s—–([{‘])"(?=\S)/g, '$1“')
    .replace(/"/g, '”');
}

/** `::first-letter` includes the punctuation that follows ("I, Nephi"); a word joiner separates them. */
export function detachInitial(text: string): string {
  return text.replace(/^(\p{L})(?=\p{P})/u, '$1\u2060');
}
