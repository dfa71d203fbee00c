export type PolyglotRun =
  | { readonly kind: 'latin' | 'hebrew' | 'greek'; readonly text: string }
  | { readonly kind: 'strongs'; readonly text: string };

const RUNS =
  /(?<hebrew>[\u0590-\u05FF\uFB1D-\uFB4F]+(?:[ \u05BE][\u0590-\u05FF\uFB1D-\uFB4F]+)*)|(?<greek>[\u0370-\u03FF\u1F00-\u1FFF][\u0300-\u03FF\u1F00-\u1FFF’]*(?: [\u0370-\u03FF\u1F00-\u1FFF][\u0300-\u03FF\u1F00-\u1FFF’]*)*)|(?<strongs>\b[HG]\d{1,5}\b)/gu;

/** Splits a dictionary's text into its languages and the Strong's numbers in it. Linear in its length. */
export function splitLanguages(text: string): readonly PolyglotRun[] {
  const runs: PolyglotRun[] = [];
  let end = 0;
  for (const match of text.matchAll(RUNS)) {
    if (match.index > end) runs.push({ kind: 'latin', text: text.slice(end, match.index) });
    const kind = match.groups?.hebrew ? 'hebrew' : match.groups?.greek ? 'greek' : 'strongs';
    runs.push({ kind, text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < text.length) runs.push({ kind: 'latin', text: text.slice(end) });
  return runs;
}

/** Whether a text contains neither Hebrew nor Greek. */
export function isLatin(text: string): boolean {
  return splitLanguages(text).every(({ kind }) => kind === 'latin');
}
