import type { Passage, PassagesResponse } from '@gospelib/contracts';
import {
  expandReference,
  formatId,
  parseId,
  type Reference,
  type Resolution,
  resolveReference,
} from '@gospelib/scripture';
import { ProblemError } from '@gospelib/service-kit';
import type { Corpus } from '../corpus/corpus.ts';
import { referenceOf } from './passages.index.ts';
import { findTitle } from './passages.repository.ts';
import { leftOver, rangeOf } from './passages.resolve.ts';

/** Verses in one answer, all its ranges together. */
const MAX_VERSES = 500;

type Range = PassagesResponse['ranges'][number];

/**
 * The text of a passage, given by its canonical id or as a person typed it.
 * @throws ProblemError `ambiguous-reference` with candidates, `text-not-in-corpus`, `not-found` with the reason
 * and what there is instead
 */
export async function readPassages(corpus: Corpus, query: string): Promise<PassagesResponse> {
  const ranges: Range[] = [];
  let left = MAX_VERSES;
  const understood = understand(query);
  for (const reference of understood.references) {
    const range = await readRange(corpus, reference, left);
    left -= range.verses.length;
    ranges.push(range);
  }
  if (left === MAX_VERSES) {
    throw new ProblemError('text-not-in-corpus', 'This corpus does not have the text of it.');
  }
  return { query, ranges, ...leftOver(understood) };
}

type Found = Extract<Resolution, { status: 'found' }>;

function understand(query: string): Found {
  const canonical = parseId(query);
  if (canonical) return { status: 'found', references: [canonical], unresolved: [], notes: [] };
  const resolution = resolveReference(query);
  switch (resolution.status) {
    case 'found':
      return resolution;
    case 'ambiguous': {
      const candidates = linksTo(resolution.candidates);
      const names = candidates.map(({ reference }) => reference).join(' or ');
      throw new ProblemError('ambiguous-reference', `“${query}” could be ${names}.`, {
        candidates,
      });
    }
    case 'no-text':
      throw new ProblemError('text-not-in-corpus', resolution.reason);
    case 'not-found': {
      const candidates = linksTo(resolution.suggestions);
      throw new ProblemError('not-found', resolution.reason, {
        ...(candidates.length > 0 && { candidates }),
      });
    }
  }
}

function linksTo(references: readonly Reference[]): { id: string; reference: string }[] {
  return references.map(rangeOf).map(({ id, reference }) => ({ id, reference }));
}

async function readRange(corpus: Corpus, reference: Reference, most: number): Promise<Range> {
  const ids = expandReference(reference);
  const found = ids.filter((id) => corpus.passages.placeOf(id) !== undefined);
  const verses = found.slice(0, most).map((id) => corpus.passages.get(id));
  if (reference.kind === 'verse' && reference.verse === 0) {
    verses.push(...(await readTitle(corpus, reference.book, reference.chapter)));
  }
  return { ...rangeOf(reference), verses, truncated: found.length > most };
}

/** A Psalm's title is its verse 0, and part of the chapter node in the graph. */
async function readTitle({ graph }: Corpus, book: string, chapter: number): Promise<Passage[]> {
  const title = await findTitle(graph, formatId({ kind: 'chapter', book, chapter }));
  const id = formatId({ kind: 'verse', book, chapter, verse: 0 });
  return title === undefined ? [] : [{ id, reference: referenceOf(id), text: title }];
}
