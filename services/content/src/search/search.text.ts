/** A word of a text: its folded form and its UTF-16 offsets, end exclusive. */
export interface Token {
  term: string;
  start: number;
  end: number;
}

/** Joined spelling → its parts, e.g. `bethel` → `['beth', 'el']`. */
export type Compounds = ReadonlyMap<string, readonly string[]>;

/** Words that the older books write as two and the later ones as one. */
const SPELT_BOTH_WAYS: Compounds = new Map([
  ['anyone', ['any', 'one']],
  ['anything', ['any', 'thing']],
  ['everyone', ['every', 'one']],
  ['everything', ['every', 'thing']],
  ['forever', ['for', 'ever']],
  ['forevermore', ['for', 'evermore']],
  ['today', ['to', 'day']],
  ['tomorrow', ['to', 'morrow']],
  ['tonight', ['to', 'night']],
]);

const APOSTROPHES = new Set([0x27, 0x2019, 0x2018, 0x02bc, 0x02bb, 0x60, 0xb4]);
const HYPHENATED = /\p{L}+(?:[-\u2010\u2011]\p{L}+)+/gu;
const WORD_CHARACTER = /[\p{L}\p{M}\p{N}]/u;

/**
 * Folds a word to the form in which it is compared: compatibility forms and case folded, diacritics, vowel points and
 * apostrophes removed, ligatures written out. `Cæsar’s` → `caesars`.
 */
export function fold(word: string): string {
  return word
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Sk}\p{Lm}'’‘`´]/gu, '')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replaceAll('ς', 'σ');
}

/**
 * Cuts a text into folded words in one pass. Every kind of dash separates words; an apostrophe within a word is
 * removed. Where `compounds` knows a joined spelling, its parts are given instead, so that "Bethel", "Beth-el" and
 * "Beth el" read the same.
 */
export function tokenize(text: string, compounds: Compounds): Token[] {
  const tokens: Token[] = [];
  const length = text.length;
  let at = 0;
  while (at < length) {
    const start = at;
    let plain = true;
    while (at < length) {
      const code = text.charCodeAt(at);
      if (isAsciiWord(code)) at += 1;
      else if (at > start && APOSTROPHES.has(code)) {
        plain = false;
        at += 1;
      } else if (code > 0x7f) {
        const character = String.fromCodePoint(text.codePointAt(at) ?? code);
        if (!WORD_CHARACTER.test(character)) break;
        plain = false;
        at += character.length;
      } else break;
    }
    if (at === start) {
      at += 1;
      continue;
    }
    let end = at;
    while (APOSTROPHES.has(text.charCodeAt(end - 1))) end -= 1;
    const raw = text.slice(start, end);
    push(tokens, plain ? raw.toLowerCase() : fold(raw), start, end, compounds);
  }
  return tokens;
}

/** Finds every hyphenated word of the texts, so that its joined spelling can be read as its parts. */
export function findCompounds(texts: Iterable<string>): Compounds {
  const compounds = new Map(SPELT_BOTH_WAYS);
  for (const text of texts) {
    if (!text.includes('-')) continue;
    for (const [word] of text.matchAll(HYPHENATED)) {
      const parts = word.split(/[-\u2010\u2011]/u).map(fold);
      compounds.set(parts.join(''), parts);
    }
  }
  return compounds;
}

function push(tokens: Token[], term: string, start: number, end: number, compounds: Compounds) {
  const parts = compounds.get(term);
  if (parts) for (const part of parts) tokens.push({ term: part, start, end });
  else if (term !== '') tokens.push({ term, start, end });
}

function isAsciiWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39)
  );
}
