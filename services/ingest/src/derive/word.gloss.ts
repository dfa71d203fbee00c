import type { WordRecord } from '../corpus/corpus.records.ts';

const LONGEST = 80;
const LEAD = /^(?:properly|prop\.|literally|figuratively),?\s+/i;
/** A definition that begins like this has its first clause about the derivation: "of uncertain affinity; a deity". */
const SECOND = /^(?:figuratively|by implication|by extension|specially),/i;
const CLAUSE = /;|,? i\.e\.|, especially/;

/** A short meaning, at most 80 characters: the first clause of the definition, else of the renderings, else the origin. */
export function shortGloss({ definition, usage, derivation }: WordRecord): string {
  const [, primary] = derivation?.split(/;\s*/) ?? [];
  const defined = definition && SECOND.test(definition) ? [primary, definition] : [definition];
  for (const text of [...defined, usage, derivation]) {
    const gloss = firstClause(text ?? '');
    if (gloss !== '') return gloss.length <= LONGEST ? gloss : shorten(gloss);
  }
  return definition ?? '';
}

function firstClause(text: string): string {
  const bare = withoutParentheses(text)
    .replace(/^[\s,;:.-]+/, '')
    .replace(LEAD, '');
  const clauses = bare.split(CLAUSE).map((clause) => clause.replace(/^[\s,.:-]+|[\s,.:-]+$/g, ''));
  return clauses.find((clause) => clause !== '') ?? '';
}

/**
 * The text outside of parentheses. Text before a closing parenthesis that was never opened is the end of the origin:
 * the dictionary's makers cut it there.
 */
function withoutParentheses(text: string): string {
  let depth = 0;
  let outside = '';
  for (const character of text) {
    if (character === '(') depth++;
    else if (character !== ')') outside += depth === 0 ? character : '';
    else if (depth > 0) depth--;
    else outside = '';
  }
  return outside
    .replace(/\s+/g, ' ')
    .replace(/ ([,;.])/g, '$1')
    .trim();
}

/** Cuts at a comma if one is near the end, else between words. */
function shorten(text: string): string {
  const head = text.slice(0, LONGEST);
  const comma = head.lastIndexOf(',');
  if (comma >= LONGEST / 2) return head.slice(0, comma);
  return `${head.slice(0, head.lastIndexOf(' ', LONGEST - 1))}…`;
}
