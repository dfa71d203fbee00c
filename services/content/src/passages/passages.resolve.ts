import type { PassageRange, PassagesResponse, ResolveResponse } from '@gospelib/contracts';
import {
  chapterOf,
  formatId,
  formatReference,
  type Reference,
  type Resolution,
  resolveReference,
} from '@gospelib/scripture';
import { linkTo } from '../chapters/chapters.service.ts';

/** The meaning of a reference that a person typed. @param guesses see `resolveReference` */
export function resolveTyped(query: string, guesses = true): ResolveResponse {
  const resolution = resolveReference(query, guesses);
  switch (resolution.status) {
    case 'found':
      return {
        status: 'found',
        query,
        ranges: resolution.references.map(rangeOf),
        ...leftOver(resolution),
      };
    case 'ambiguous':
      return { status: 'ambiguous', query, candidates: resolution.candidates.map(rangeOf) };
    case 'no-text':
      return { query, ...resolution };
    case 'not-found':
      return { ...resolution, query, suggestions: resolution.suggestions.map(rangeOf) };
  }
}

/** What a typed text says beyond its references, for the wire: nothing where there is nothing. */
export function leftOver({
  unresolved,
  notes,
}: Extract<Resolution, { status: 'found' }>): Pick<PassagesResponse, 'unresolved' | 'notes'> {
  return {
    ...(unresolved.length > 0 && {
      unresolved: unresolved.map(({ suggestions, ...part }) => ({
        ...part,
        suggestions: suggestions.map(rangeOf),
      })),
    }),
    ...(notes.length > 0 && { notes: [...notes] }),
  };
}

/** Names of books that are words as well, and only words before a number on its own: "am 3". */
const WORDS = /^(?:is|am|so|he)\s+\d+$/;
const CHAPTER_AND_VERSE = /\d\s?[:.,]\s?\d|[ivxlc]\.?\s\d/i;

/**
 * The same for a search query; undefined when it is no reference, as most are not. A reference with other words counts
 * only when it has a chapter and a verse.
 */
export function readAsReference(query: string): ResolveResponse | undefined {
  if (WORDS.test(query.trim())) return undefined;
  // What is misspelt counts only with a number: without one it is a search for words.
  const numbered = /\d/.test(query);
  const resolved = resolveTyped(query, numbered);
  if (resolved.status === 'found' && resolved.unresolved && !CHAPTER_AND_VERSE.test(query)) {
    return undefined;
  }
  if (resolved.status !== 'not-found') return resolved;
  return numbered && resolved.suggestions.length > 0 ? resolved : undefined;
}

/** A reference with its id, how people write it, and the chapter in which it starts. */
export function rangeOf(reference: Reference): PassageRange {
  return {
    id: formatId(reference),
    reference: formatReference(reference),
    chapter: linkTo(chapterOf(reference)),
  };
}
