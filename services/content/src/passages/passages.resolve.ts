import type { PassageRange, ResolveResponse } from '@gospelib/contracts';
import {
  chapterOf,
  formatId,
  formatReference,
  type Reference,
  resolveReference,
} from '@gospelib/scripture';
import { linkTo } from '../chapters/chapters.service.ts';

/** The meaning of a reference that a person typed. @param guesses see `resolveReference` */
export function resolveTyped(query: string, guesses = true): ResolveResponse {
  const resolution = resolveReference(query, guesses);
  switch (resolution.status) {
    case 'found':
      return { status: 'found', query, ranges: resolution.references.map(rangeOf) };
    case 'ambiguous':
      return { status: 'ambiguous', query, candidates: resolution.candidates.map(rangeOf) };
    case 'no-text':
      return { query, ...resolution };
    case 'not-found':
      return { ...resolution, query, suggestions: resolution.suggestions.map(rangeOf) };
  }
}

/** The same for a search query; undefined when it is no reference, as most are not. */
export function readAsReference(query: string): ResolveResponse | undefined {
  // What is misspelt counts only with a number: without one it is a search for words.
  const numbered = /\d/.test(query);
  const resolved = resolveTyped(query, numbered);
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
