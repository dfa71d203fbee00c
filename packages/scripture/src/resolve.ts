import { volumeAliases } from './book.alias.ts';
import { guessBooks } from './book.lookup.ts';
import { type Book, getBook, volumes } from './canon.ts';
import { formatReference } from './reference.format.ts';
import { formatId } from './reference.id.ts';
import type { Reference } from './reference.ts';
import { splitAddresses } from './resolve.address.ts';
import { ReferenceFault } from './resolve.fault.ts';
import { parseParts } from './resolve.parser.ts';
import { placeItems } from './resolve.place.ts';
import type { Group, Item, Part } from './resolve.syntax.ts';
import { MAX_QUERY_LENGTH } from './text.token.ts';
import { declarations, type TextlessWork } from './textless.ts';
import { otherTranslation } from './translation.ts';

/** A part of a text that is no reference, or one with several meanings or without text. */
export interface Unresolved {
  /** The part, as it was typed. */
  readonly typed: string;
  /** A sentence for the reader. */
  readonly reason: string;
  /** What may be meant, or what there is instead; may be empty. */
  readonly suggestions: readonly Reference[];
}

interface NoText {
  readonly status: 'no-text';
  readonly reference: string;
  readonly reason: string;
}

/** How typed text was understood. */
export type Resolution =
  | {
      readonly status: 'found';
      /** At least one, in the order typed. */
      readonly references: readonly Reference[];
      /** The other parts of the text. */
      readonly unresolved: readonly Unresolved[];
      /** Sentences for the reader: which of two readings was taken, that another translation was asked for. */
      readonly notes: readonly string[];
    }
  /** At least two: the possible meanings of the book, in canonical order. */
  | { readonly status: 'ambiguous'; readonly candidates: readonly Reference[] }
  /** A known work whose text the corpus does not have. */
  | NoText
  /** The reason is a sentence for the reader; suggestions may be empty. */
  | {
      readonly status: 'not-found';
      readonly reason: string;
      readonly suggestions: readonly Reference[];
    };

type Problem = Exclude<Resolution, { status: 'found' }>;
interface Outcome {
  readonly references: readonly Reference[];
  readonly problems: readonly { readonly typed: string; readonly problem: Problem }[];
  readonly notes: readonly string[];
}

const MAX_SUGGESTIONS = 5;
const MAX_REFERENCES = 100;
const either = /* @__PURE__ */ new Intl.ListFormat('en', { type: 'disjunction' });

/**
 * Resolves one or several references as people type or paste them: "1Ne3:7", "John 3:16-18, 20; 4:1", "Mt 5,3-12",
 * "Gen. iii. 3", "Section 76", a canonical id, an address of a page. What is understood is answered and the rest named;
 * when nothing is, the first part decides the answer. Never throws; takes time linear in the length of the text.
 * @param guesses whether a name that is none is compared with every name of a book for suggestions, which takes most of
 * the time of a text that is no reference
 */
export function resolveReference(text: string, guesses = true): Resolution {
  if (text.length > MAX_QUERY_LENGTH) {
    return notFound(`A reference has at most ${MAX_QUERY_LENGTH} characters.`);
  }
  const outcomes = splitAddresses(text).flatMap(({ typed, reference, fault }) => {
    if (fault) return [outcomeOf({ fault, source: typed }, guesses)];
    return parseParts(reference).map((part) => outcomeOf(part, guesses));
  });
  const references = withoutRepeated(outcomes.flatMap((outcome) => outcome.references));
  const problems = outcomes.flatMap((outcome) => outcome.problems);
  if (references.length > MAX_REFERENCES) {
    return notFound(`These are more than ${MAX_REFERENCES} passages.`);
  }
  if (references.length === 0) {
    const [first] = problems;
    return first?.problem ?? notFound('Type a book, a chapter and a verse, such as “Alma 32:21”.');
  }
  const notes = [...new Set(outcomes.flatMap((outcome) => outcome.notes))];
  return { status: 'found', references, unresolved: problems.map(describe), notes };
}

/** The same passage pasted with its address counts once. */
function withoutRepeated(references: readonly Reference[]): readonly Reference[] {
  if (references.length < 2) return references;
  return [...new Map(references.map((reference) => [formatId(reference), reference])).values()];
}

function describe({ typed, problem }: Outcome['problems'][number]): Unresolved {
  if (problem.status === 'ambiguous') {
    const names = problem.candidates.map(formatReference);
    const reason = `“${typed}” could be ${either.format(names)}.`;
    return { typed, reason, suggestions: problem.candidates };
  }
  const { reason } = problem;
  return { typed, reason, suggestions: problem.status === 'no-text' ? [] : problem.suggestions };
}

function outcomeOf(part: Part, guesses: boolean): Outcome {
  if ('fault' in part) return failed(part.source, fromFault(part.fault));
  if (part.textless) return failed(part.source, withoutText(part.textless, part.items));
  if (part.books.length === 0) return failed(part.source, fromFault(unknownBook(part, guesses)));
  return meaningOf(part);
}

/** What a group means in each book that it may name; those that have all of its places decide. */
function meaningOf({ books, items, source, typed, translations }: Group): Outcome {
  const placed = books.map((book) => placeItems(book, items));
  const whole = placed.filter(({ faults }) => faults.length === 0);
  const own = translations.map(otherTranslation);
  const [first, second] = whole;
  if (first && second) {
    const candidates = whole.flatMap(({ references }) => references);
    return failed(source, { status: 'ambiguous', candidates });
  }
  const [only] = placed.length === 1 ? placed : whole;
  if (only) {
    const problems = only.faults.map(({ typed: place, fault }) => ({
      typed: items.length === 1 ? source : `${typed} ${place}`.trim(),
      problem: fromFault(fault),
    }));
    return { references: only.references, problems, notes: [...only.notes, ...own] };
  }
  const faults = placed.flatMap((each) => each.faults.slice(0, 1).map(({ fault }) => fault));
  const reason = faults.map(({ message }) => message).join(' ');
  const suggestions = faults.flatMap((fault) => fault.suggestions);
  return failed(source, fromFault(new ReferenceFault(reason, suggestions)));
}

function failed(typed: string, problem: Problem): Outcome {
  return { references: [], problems: [{ typed, problem }], notes: [] };
}

function fromFault({ message, suggestions }: ReferenceFault): Problem {
  return notFound(message, suggestions.slice(0, MAX_SUGGESTIONS));
}

function notFound(reason: string, suggestions: readonly Reference[] = []): Problem {
  return { status: 'not-found', reason, suggestions };
}

function unknownBook({ key, typed, items }: Group, guesses: boolean): ReferenceFault {
  const id = Object.hasOwn(volumeAliases, key) ? volumeAliases[key] : undefined;
  const volume = volumes.find((candidate) => candidate.id === id);
  if (volume) {
    const suggestions = volume.books.map((book): Reference => ({ kind: 'book', book: book.slug }));
    return new ReferenceFault(`“${typed}” is a volume; name one of its books.`, suggestions);
  }
  const near = guesses ? guessBooks(key) : [];
  const placed = allOf(near, items);
  const suggestions = placed.length > 0 ? placed : allOf(near, []);
  const names = new Set(suggestions.map(({ book }) => getBook(book).name));
  const guess = names.size > 0 ? ` Did you mean ${either.format(names)}?` : '';
  return new ReferenceFault(`There is no book called “${typed}”.${guess}`, suggestions);
}

/** The references of the books that have all of the places. */
function allOf(books: readonly Book[], items: readonly Item[]): Reference[] {
  return books.flatMap((book) => {
    const { references, faults } = placeItems(book, items);
    return faults.length === 0 ? references : [];
  });
}

function withoutText(work: TextlessWork, items: Group['items']): Problem {
  const { name, reason } = work;
  if (work !== declarations) return { status: 'no-text', reference: name, reason };
  const [first] = items;
  if (!first) return { status: 'no-text', reference: 'Official Declarations 1 and 2', reason };
  const { from } = first;
  const number = from.form === 'pair' ? from.chapter : from.form === 'book' ? 0 : from.number;
  if (number === 1 || number === 2)
    return { status: 'no-text', reference: `${name} ${number}`, reason };
  return notFound(`There are two Official Declarations; there is no declaration ${number}.`);
}
