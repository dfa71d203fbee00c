import { type Compounds, tokenize } from './search.text.ts';

export const MAX_QUERY_LENGTH = 200;
export const MAX_QUERY_WORDS = 32;
/** Nearly every word begins with one or two given letters. */
const SHORTEST_BEGINNING = 3;

/** A word, or the beginning of one ("bapti*"). */
export interface QueryWord {
  readonly text: string;
  readonly beginning: boolean;
}

/** The search terms: all words in the order typed, and the phrases in quotation marks. */
export interface SearchQuery {
  /** Every word that a verse is to have or may have. */
  readonly words: readonly string[];
  readonly phrases: readonly (readonly string[])[];
  /** Words and beginnings of which a verse needs one each; set when there is an OR or a beginning, else all words count. */
  readonly choices?: readonly (readonly QueryWord[])[];
  /** Words that no found verse has. */
  readonly excluded: readonly QueryWord[];
  /** Sentences for the reader on what was not understood as it was typed. */
  readonly notes: readonly string[];
}

const NO_PHRASES = '“OR” joins two words that are looked for, not phrases; here it was left out.';

const QUOTATION_MARKS = /["“”„«»]/u;
const OPERATOR = /(^|\s)-[\p{L}\p{N}]|[\p{L}\p{N}]\*|(^|\s)OR(\s|$)/u;

/**
 * Reads a query. Text in quotation marks must be found as it is; an unclosed quotation reaches to the end. `-word`
 * leaves verses out, `bapti*` finds every word that begins so, `faith OR hope` one of both.
 */
export function parseQuery(text: string, compounds: Compounds): SearchQuery {
  const parts = text.split(QUOTATION_MARKS);
  const notes =
    parts.length % 2 === 0
      ? ['A quotation mark is not closed: the phrase reaches to the end.']
      : [];
  const wordsOf = (part: string): string[] => tokenize(part, compounds).map(({ term }) => term);
  const quoted = parts.filter((_, place) => place % 2 === 1).map(wordsOf);
  const phrases = quoted.filter((words) => words.length > 0);
  if (!parts.some((part, place) => place % 2 === 0 && OPERATOR.test(part))) {
    return { words: parts.flatMap(wordsOf), phrases, excluded: [], notes };
  }
  const choices: QueryWord[][] = [];
  const excluded: QueryWord[] = [];
  let joins = false;
  for (const [place, part] of parts.entries()) {
    if (place % 2 === 1) {
      if (joins) notes.push(NO_PHRASES);
      choices.push(...wordsOf(part).map((word) => [{ text: word, beginning: false }]));
      joins = false;
      continue;
    }
    // After a phrase, or after a word to leave out, "OR" has nothing to join.
    let before: string | undefined;
    for (const piece of part.split(/\s+/u).filter(Boolean)) {
      if (piece === 'OR') {
        joins = choices.length > 0 && before !== undefined;
        if (choices.length === 0)
          notes.push('“OR” stands between two words; here nothing is before it.');
        else if (!joins) notes.push(NO_PHRASES);
        continue;
      }
      const words = readPiece(piece, wordsOf, notes);
      if (piece.startsWith('-')) excluded.push(...words);
      else if (joins && words.length === 1) choices.at(-1)?.push(...words);
      else choices.push(...words.map((word) => [word]));
      joins = false;
      before = piece.startsWith('-') ? undefined : piece;
    }
  }
  if (joins) notes.push('“OR” stands between two words; here nothing is after it.');
  const words = choices.flatMap((choice) => choice.map((word) => word.text));
  const plain = choices.every((choice) => choice.length === 1 && !choice[0]?.beginning);
  if (words.length === 0 && excluded.length > 0) {
    notes.push('Only words to leave out were typed; type one to look for, too.');
  }
  return { words, phrases, ...(!plain && { choices }), excluded, notes };
}

function readPiece(
  piece: string,
  wordsOf: (part: string) => string[],
  notes: string[],
): QueryWord[] {
  const words = wordsOf(piece).map((text) => ({ text, beginning: false }));
  const last = words.at(-1);
  if (!last || !piece.endsWith('*')) return words;
  if (last.text.length >= SHORTEST_BEGINNING) last.beginning = true;
  else {
    notes.push(
      `“${last.text}*” was read as the word “${last.text}”: a beginning has at least ${SHORTEST_BEGINNING} letters.`,
    );
  }
  return words;
}
