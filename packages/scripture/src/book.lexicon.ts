import { aliases } from './book.alias.ts';
import { type Book, books } from './canon.ts';
import { tokenize } from './text.token.ts';

/** A key and the book that it names. */
export interface Entry {
  readonly key: string;
  readonly book: Book;
}

export interface Lexicon {
  /** The books for each key that people type; most keys have one, "nephi" has four. */
  readonly exact: ReadonlyMap<string, readonly Book[]>;
  /** Keys of the names, for completing partial input: "1nephi" and "nephi", "wordsmormon". */
  readonly names: readonly Entry[];
}

/** Words of titles that identify no book: "The Epistle of Paul to the Romans". */
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

/** Whether a word does not help to identify the book. */
export function isFiller(word: string): boolean {
  return fillers.has(word);
}

/** The number of an ordinal at the start of a name: "2" for "ii" or "second". */
export function ordinalOf(word: string): string | undefined {
  return Object.hasOwn(ordinals, word) ? ordinals[word] : undefined;
}

/** The form in which names are compared: words joined, fillers left out. */
export function nameKey(words: readonly string[]): string {
  return words.filter((word) => !fillers.has(word)).join('');
}

let lexicon: Lexicon | undefined;

/** Built on first use, so that a page that resolves nothing does not pay for it. */
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
    // "Nephi 3:7" may be any of four; "John" is the Gospel, not an epistle. "Ti" is ambiguous, since Titus begins with
    // it, too.
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
