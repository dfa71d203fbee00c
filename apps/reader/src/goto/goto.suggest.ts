import {
  completeBook,
  formatId,
  formatReference,
  getBook,
  type Reference,
  resolveReference,
  volumes,
} from '@gospelib/scripture';
import { passagePath, searchPath, wordPath } from '../address/address.ts';
import type { Suggestion } from './suggestion.ts';

const MAX_BOOKS = 5;
const volumeNames = new Map(volumes.map(({ id, name }) => [id, name]));

/** Suggestions for typed text, most likely first; the last one is always a search. Needs no network. */
export function suggest(typed: string): readonly Suggestion[] {
  const text = typed.trim();
  if (!text) return [];
  const passages = suggestPassages(text);
  const known = new Set(passages.map(({ to }) => to));
  const books = completeBook(text, MAX_BOOKS)
    .map(({ slug, name, volume }): Suggestion => {
      return { kind: 'book', label: name, hint: volumeNames.get(volume), to: `/${slug}` };
    })
    .filter(({ to }) => !known.has(to));
  const search: Suggestion = { kind: 'search', label: text, to: searchPath({ q: text }) };
  return [...suggestWord(text), ...passages, ...books, search];
}

function suggestWord(text: string): readonly Suggestion[] {
  const match = /^([hg])0*([1-9]\d{0,3})$/i.exec(text);
  if (!match) return [];
  const strongs = `${match[1]?.toUpperCase()}${match[2]}`;
  return [{ kind: 'word', label: strongs, hint: 'Strong’s number', to: wordPath(strongs) }];
}

function suggestPassages(text: string): readonly Suggestion[] {
  const resolution = resolveReference(text);
  switch (resolution.status) {
    case 'found':
      return [
        ...resolution.references.map((reference) => toSuggestion(reference)),
        ...resolution.unresolved.flatMap(({ typed, reason, suggestions }) => [
          note(typed, reason),
          ...suggestions.map((near) => toSuggestion(near, 'Perhaps')),
        ]),
        ...resolution.notes.map((sentence) => note(sentence)),
      ];
    case 'ambiguous':
      return resolution.candidates.map((reference) => toSuggestion(reference, 'Perhaps'));
    case 'no-text':
      return [note(resolution.reference, resolution.reason)];
    case 'not-found':
      return looksLikeReference(text)
        ? [note(resolution.reason), ...resolution.suggestions.map((near) => toSuggestion(near))]
        : [];
  }
}

/** Text counts as a reference only with a number; words alone are searched for. */
const looksLikeReference = (text: string): boolean =>
  (/^\S.*\d/.test(text) && text.length < 40) || text.includes('://');

function note(label: string, hint?: string): Suggestion {
  return { kind: 'note', label, hint, to: '' };
}

function toSuggestion(reference: Reference, hint?: string): Suggestion {
  const label = formatReference(reference);
  return {
    kind: 'passage',
    label,
    to: passagePath(formatId(reference)),
    hint: hint ?? volumeNames.get(getBook(reference.book).volume),
  };
}
