/** Verses of one chapter, both ends included; `last` is Infinity for "to the end of the chapter". */
export type VerseRange = { readonly first: number; readonly last: number };

/** Reads `21`, `21-23` or `48-`; undefined for anything else, and for a range that runs backwards. */
export function parseVerseRange(text: string | undefined): VerseRange | undefined {
  const match = /^(\d{1,3})(?:(-)(\d{1,3})?)?$/.exec(text ?? '');
  if (!match) return undefined;
  const first = Number(match[1]);
  if (!match[2]) return { first, last: first };
  const last = match[3] ? Number(match[3]) : Number.POSITIVE_INFINITY;
  return last >= first ? { first, last } : undefined;
}

export function formatVerseRange({ first, last }: VerseRange): string {
  if (first === last) return String(first);
  return Number.isFinite(last) ? `${first}-${last}` : `${first}-`;
}

export function inRange(range: VerseRange | undefined, verse: number): boolean {
  return range !== undefined && verse >= range.first && verse <= range.last;
}
