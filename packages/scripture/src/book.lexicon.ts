import { aliases } from './book.alias.ts';
import { type Book, books } from './canon.ts';
import { tokenize } from './text.token.ts';

/** A key that means a book, and the book. */
export interface Entry {
  readonly key: string;
  readonly book: Book;
}

export interface Lexicon {
  /** The books of every key people type; most have one, "nephi" has four. */
  readonly exact: ReadonlyMap<string, readonly Book[]>;
  /** Keys of the names, for what was typed in part: "1nephi" and "nephi", "wordsmormon". */
  readonly names: readonly Entry[];
}

/** Words of a title that identify no book: "The Epistle of Paul to the Romans". */
const fillers = new Set(
  'the of and to book gospel according epistle letter apostle paul st saint prophet'.split(' '),
);
const ordinals: Readonly<Record<string, string>> = {
  i: '1',
  ii: '2',
  iii: '3',
  iv: '4',
  first: '1',
  second: '2',
  third: '3',
  fourth: '4',
};

/** Whether a word says nothing about which book is meant. */
export function isFiller(word: string): boolean {
  return fillers.has(word);
}

/** "ii" or "second" as "2", where a numbered book may begin. */
export function ordinalOf(word: string): string | undefined {
  return Object.hasOwn(ordinals, word) ? ordinals[word] : undefined;
}

/** The form in which names are compared: words run together, fillers left out. */
export function nameKey(words: readonly string[]): string {
  return words.filter((word) => !fillers.has(word)).join('');
}

let lexicon: Lexicon | undefined;

/** Built at the first use: a page that resolves nothing does not pay for it. */
export function getLexicon(): Lexicon {
  lexicon ??= buildLexicon();
  return lexicon;
}

function buildLexicon(): Lexicon {
  const exact = new Map<string, Book[]>();
  const names: Entry[] = [];
  const add = (key: string, book: Book): void => {
    const known = exact.get(key);
    if (!known) exact.set(key, [book]);
    else if (!known.includes(book)) known.push(book);
  };
  const addName = (key: string, book: Book): void => {
    names.push({ key, book });
    add(key, book);
  };

  for (const book of books) {
    const words = wordsOf(book.name);
    const [, number = '', series = book.slug] = /^(?:(\d)-)?(.+)$/.exec(book.slug) ?? [];
    addName(nameKey(words), book);
    add(nameKey(wordsOf(book.slug)), book);
    const own = (aliases[series] ?? '').split(' ').filter(Boolean);
    for (const alias of own) add(number + alias, book);
    // "Nephi 3:7" may be any of four; "John" is the Gospel, not an epistle. "Ti" stays open: it begins Titus too.
    if (number && series !== 'jn') {
      addName(nameKey(words.slice(1)), book);
      for (const alias of own) if (alias.length > 2) add(alias, book);
    }
  }
  return { exact, names };
}

function wordsOf(name: string): string[] {
  return tokenize(name).flatMap(({ kind, text }) => (kind === 'mark' ? [] : [text]));
}
