import type { WordRecord } from '../corpus/corpus.records.ts';

const LONGEST = 80;
const LEAD = /^(?:properly|prop\.|literally|figuratively|\([^)]*\)),?\s+/i;

/** A short meaning, at most 80 characters: the first clause of the definition, else of the renderings, else the origin. */
export function shortGloss({ definition, usage, derivation }: WordRecord): string {
  const text = (definition ?? usage ?? derivation ?? '').replace(LEAD, '');
  const [clause = ''] = text.split(/;|, i\.e\.|\(/);
  const gloss = (clause.trim() || text).replace(/[\s,.:-]+$/, '');
  return gloss.length <= LONGEST ? gloss : shorten(gloss);
}

/** Cuts at a comma if one is near the end, else between words. */
function shorten(text: string): string {
  const head = text.slice(0, LONGEST);
  const comma = head.lastIndexOf(',');
  if (comma >= LONGEST / 2) return head.slice(0, comma);
  return `${head.slice(0, head.lastIndexOf(' ', LONGEST - 1))}…`;
}
