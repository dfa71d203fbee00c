import type { BookResponse, BookSummary } from '@gospelib/contracts';
import { ProblemError } from '@gospelib/service-kit';
import type { Corpus } from '../corpus/corpus.ts';
import { findShelved } from '../volumes/volumes.library.ts';
import { readChapterList } from './books.repository.ts';

/** @throws ProblemError `not-found` */
export async function readBook({ graph, library }: Corpus, slug: string): Promise<BookResponse> {
  const book = findShelved(library, slug);
  if (!book) throw new ProblemError('not-found', `There is no book "${slug}".`);
  return {
    ...book.summary,
    ...book.front,
    chapterList: await readChapterList(graph, slug),
    ...(book.previous && { previous: nameOf(book.previous) }),
    ...(book.next && { next: nameOf(book.next) }),
  };
}

function nameOf({ slug, name }: BookSummary): { slug: string; name: string } {
  return { slug, name };
}
