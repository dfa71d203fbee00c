import { getLexicon, nameKey, ordinalOf } from './book.lexicon.ts';
import { type Book, books } from './canon.ts';
import { MAX_QUERY_LENGTH, tokenize } from './text.token.ts';

/**
 * Completes the beginning of a book's name, most likely first: exact abbreviations, names that begin with it, names of
 * which a later word does, abbreviations that begin with it; in canonical order within each. "al": Alma;
 * "1 n": 1 Nephi; "nep": the four books of Nephi. Empty for text that is more than a name.
 */
export function completeBook(prefix: string, limit = 10): readonly Book[] {
  const words = readWords(prefix);
  const typed = words.join('');
  if (!typed) return [];
  const key = nameKey(words);
  const { exact } = getLexicon();

  const found = new Set<Book>(exact.get(key));
  const addWhere = (test: (book: Book) => boolean): void => {
    for (const book of books) if (test(book)) found.add(book);
  };
  addWhere(({ name }) => readWords(name).join('').startsWith(typed));
  addWhere(({ name }) =>
    readWords(name).some((_, at, all) => all.slice(at).join('').startsWith(typed)),
  );
  for (const [alias, own] of exact) {
    if (key && alias.startsWith(key)) for (const book of own) found.add(book);
  }
  return [...found].slice(0, limit);
}

/** The words of a name, with its ordinal as a digit; empty when anything else was typed as well. */
function readWords(text: string): string[] {
  if (text.length > MAX_QUERY_LENGTH) return [];
  const tokens = tokenize(text).filter(({ kind }) => kind !== 'mark');
  const beyond = tokens.some(({ kind }, at) => kind === 'other' || (kind === 'number' && at > 0));
  if (beyond) return [];
  return tokens.flatMap(({ kind, text: word, glued }, at) => {
    const before = tokens[at - 1];
    if (kind === 'word' && before?.kind === 'number' && glued && /^(st|nd|rd|th)$/.test(word))
      return [];
    return [(at === 0 && tokens.length > 1 && ordinalOf(word)) || word];
  });
}
