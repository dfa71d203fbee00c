import type { PassageRange, ResolveResponse } from '@gospelib/contracts';
import {
  chapterOf,
  formatId,
  formatReference,
  type Reference,
  resolveReference,
} from '@gospelib/scripture';
import { linkTo } from '../chapters/chapters.service.ts';

/** The meaning of a reference that a person typed. */
export function resolveTyped(query: string): ResolveResponse {
  const resolution = resolveReference(query);
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
  const resolved = resolveTyped(query);
  if (resolved.status !== 'not-found') return resolved;
  const meant = /\d/.test(query) && resolved.suggestions.length > 0;
  return meant ? resolved : undefined;
}

/** A reference with its id, how people write it, and the chapter in which it starts. */
export function rangeOf(reference: Reference): PassageRange {
  return {
    id: formatId(reference),
    reference: formatReference(reference),
    chapter: linkTo(chapterOf(reference)),
  };
}
