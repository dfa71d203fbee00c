import type { ChapterLink, ChapterResponse } from '@gospelib/contracts';
import {
  type ChapterPoint,
  formatId,
  formatReference,
  nextChapter,
  parseId,
  previousChapter,
} from '@gospelib/scripture';
import { ProblemError } from '@gospelib/service-kit';
import type { ServedCorpus } from '../corpus/corpus.ts';
import { findIndexedBook } from '../volumes/volumes.index.ts';
import { findChapterFront, readVerses } from './chapters.repository.ts';

/**
 * @param id canonical id of a chapter, e.g. `alma.32`
 * @throws ProblemError `not-found` that says what there is instead
 */
export async function readChapter(corpus: ServedCorpus, id: string): Promise<ChapterResponse> {
  const reference = parseId(id);
  if (reference?.kind !== 'chapter') throw new ProblemError('not-found', whyNoChapter(corpus, id));
  const { book: slug, chapter } = reference;
  const book = findIndexedBook(corpus.bookIndex, slug);
  const [front, verses] = await Promise.all([
    findChapterFront(corpus.graph, id),
    readVerses(corpus.graph, id),
  ]);
  if (!book || !front) {
    throw new ProblemError('not-found', `The corpus does not have ${formatReference(reference)}.`);
  }
  const previous = previousChapter(reference);
  const next = nextChapter(reference);
  return {
    id,
    reference: formatReference(reference),
    number: chapter,
    book: book.summary,
    ...front,
    verses,
    ...(previous && corpus.bookIndex.places.has(previous.book) && { previous: linkTo(previous) }),
    ...(next && corpus.bookIndex.places.has(next.book) && { next: linkTo(next) }),
  };
}

/** The address of a chapter and how people write it. */
export function linkTo({ book, chapter }: ChapterPoint): ChapterLink {
  const reference = { kind: 'chapter', book, chapter } as const;
  return { id: formatId(reference), reference: formatReference(reference) };
}

function whyNoChapter({ bookIndex }: ServedCorpus, id: string): string {
  const [slug = '', number] = id.split('.');
  const summary = findIndexedBook(bookIndex, slug)?.summary;
  if (!summary || number === undefined)
    return 'A chapter is asked for as <book>.<number>, e.g. alma.32.';
  const { name, chapters } = summary;
  return `${name} has ${chapters} ${chapters === 1 ? 'chapter' : 'chapters'}; there is no "${id}".`;
}
