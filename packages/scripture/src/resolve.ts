import { volumeAliases } from './book.alias.ts';
import { guessBooks } from './book.lookup.ts';
import { type Book, getBook, volumes } from './canon.ts';
import type { Reference } from './reference.ts';
import { ReferenceFault } from './resolve.fault.ts';
import { parseGroups } from './resolve.parser.ts';
import { placeItems } from './resolve.place.ts';
import type { Group } from './resolve.syntax.ts';
import { MAX_QUERY_LENGTH } from './text.token.ts';
import { declarations, type TextlessWork } from './textless.ts';

/** How typed text was understood. */
export type Resolution =
  /** At least one reference, in the order typed. */
  | { readonly status: 'found'; readonly references: readonly Reference[] }
  /** At least two: the possible meanings of the first ambiguous book, in canonical order. */
  | { readonly status: 'ambiguous'; readonly candidates: readonly Reference[] }
  /** A known work whose text the corpus does not have. */
  | { readonly status: 'no-text'; readonly reference: string; readonly reason: string }
  /** The reason is a sentence for the reader; suggestions may be empty. */
  | {
      readonly status: 'not-found';
      readonly reason: string;
      readonly suggestions: readonly Reference[];
    };

const MAX_SUGGESTIONS = 5;
const either = /* @__PURE__ */ new Intl.ListFormat('en', { type: 'disjunction' });

/**
 * Resolves one or several references as people type them: "1Ne3:7", "John 3:16-18, 20; 4:1", "Section 76",
 * "Jude 9", a canonical id. The first book of a list that is ambiguous, without text or wrong decides the answer.
 * Never throws; takes time linear in the length of the text.
 * @param guesses whether a name that is none is compared with every name of a book for suggestions, which takes most of
 * the time of a text that is no reference
 */
export function resolveReference(text: string, guesses = true): Resolution {
  try {
    return resolve(text, guesses);
  } catch (error) {
    if (!(error instanceof ReferenceFault)) throw error;
    const suggestions = error.suggestions.slice(0, MAX_SUGGESTIONS);
    return { status: 'not-found', reason: error.message, suggestions };
  }
}

function resolve(text: string, guesses: boolean): Resolution {
  if (text.length > MAX_QUERY_LENGTH) {
    throw new ReferenceFault(`A reference has at most ${MAX_QUERY_LENGTH} characters.`);
  }
  const groups = parseGroups(text);
  if (groups.length === 0) {
    throw new ReferenceFault('Type a book, a chapter and a verse, such as “Alma 32:21”.');
  }
  const references: Reference[] = [];
  for (const group of groups) {
    if (group.textless) return withoutText(group.textless, group.items);
    if (group.books.length === 0) throw unknownBook(group, guesses);
    const meanings = meaningsOf(group);
    const [first = []] = meanings;
    if (meanings.length > 1) return { status: 'ambiguous', candidates: meanings.flat() };
    references.push(...first);
  }
  return { status: 'found', references };
}

/** The references of a group for each book that it may name and that has these places; at least one. */
function meaningsOf({ books, items }: Group): Reference[][] {
  const faults: ReferenceFault[] = [];
  const meanings = attempt(books, items, faults);
  if (meanings.length > 0) return meanings;
  throw new ReferenceFault(
    faults.map(({ message }) => message).join(' '),
    faults.flatMap(({ suggestions }) => suggestions),
  );
}

function attempt(
  books: readonly Book[],
  items: Group['items'],
  faults: ReferenceFault[],
): Reference[][] {
  return books.flatMap((book) => {
    try {
      return [placeItems(book, items)];
    } catch (error) {
      if (!(error instanceof ReferenceFault)) throw error;
      faults.push(error);
      return [];
    }
  });
}

function unknownBook({ key, typed, items }: Group, guesses: boolean): ReferenceFault {
  const id = Object.hasOwn(volumeAliases, key) ? volumeAliases[key] : undefined;
  const volume = volumes.find((candidate) => candidate.id === id);
  if (volume) {
    const suggestions = volume.books.map((book): Reference => ({ kind: 'book', book: book.slug }));
    return new ReferenceFault(`“${typed}” is a volume; name one of its books.`, suggestions);
  }
  const near = guesses ? guessBooks(key) : [];
  const placed = attempt(near, items, []).flat();
  const suggestions = placed.length > 0 ? placed : attempt(near, [], []).flat();
  const names = new Set(suggestions.map(({ book }) => getBook(book).name));
  const guess = names.size > 0 ? ` Did you mean ${either.format(names)}?` : '';
  return new ReferenceFault(`There is no book called “${typed}”.${guess}`, suggestions);
}

function withoutText(work: TextlessWork, items: Group['items']): Resolution {
  const { name, reason } = work;
  if (work !== declarations) return { status: 'no-text', reference: name, reason };
  const [first] = items;
  if (!first) return { status: 'no-text', reference: 'Official Declarations 1 and 2', reason };
  const number = first.from.form === 'pair' ? first.from.chapter : first.from.number;
  if (number === 1 || number === 2)
    return { status: 'no-text', reference: `${name} ${number}`, reason };
  throw new ReferenceFault(
    `There are two Official Declarations; there is no declaration ${number}.`,
  );
}
