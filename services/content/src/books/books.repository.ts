import type { BookResponse } from '@gospelib/contracts';
import type { GraphReader } from '@gospelib/graph';
import { number, text } from '../graph/row.read.ts';

/** The chapters of a book, in order. */
export function readChapterList(
  graph: GraphReader,
  slug: string,
): Promise<BookResponse['chapterList']> {
  return graph.query(
    'book-chapters',
    `MATCH (:Book {id: $slug})-[:HAS_CHAPTER]->(c:Chapter)
     RETURN c.id AS id, c.number AS number, c.verses AS verses ORDER BY c.number`,
    { slug },
    (row) => ({
      id: text(row, 'id'),
      number: number(row, 'number'),
      verses: number(row, 'verses'),
    }),
  );
}
