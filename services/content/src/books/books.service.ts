import type { BookResponse, BookSummary } from '@gospelib/contracts';
import { ProblemError } from '@gospelib/service-kit';
import type { ServedCorpus } from '../corpus/corpus.ts';
import { findIndexedBook } from '../volumes/volumes.index.ts';
import { readChapterList } from './books.repository.ts';

/** @throws ProblemError `not-found` */
export async function readBook(
  { graph, bookIndex }: ServedCorpus,
  slug: string,
): Promise<BookResponse> {
  const book = findIndexedBook(bookIndex, slug);
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
