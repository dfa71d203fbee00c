import type { GraphReader } from '@gospelib/graph';
import { text } from '../graph/row.read.ts';
import type { IndexedVerse } from './passages.index.ts';

/** Verses in one page: few enough that decoding a page delays no request for long. */
const PAGE = 2000;

/** Every verse, in canonical order. */
export async function readAllVerses(graph: GraphReader): Promise<IndexedVerse[]> {
  const verses: IndexedVerse[] = [];
  const [end = 0] = await graph.query(
    'passages-end',
    'MATCH (p:Passage) RETURN max(p.order) AS last',
    {},
    (row) => (typeof row.last === 'number' ? row.last + 1 : 0),
  );
  for (let from = 0; from < end; from += PAGE) {
    const page = await graph.query(
      'passages',
      `MATCH (p:Passage) WHERE p.order >= $from AND p.order < $to
       RETURN p.id AS id, p.book AS book, p.text AS text ORDER BY p.order`,
      { from, to: from + PAGE },
      (row) => ({ id: text(row, 'id'), book: text(row, 'book'), text: text(row, 'text') }),
    );
    verses.push(...page);
  }
  return verses;
}

/** The title of a Psalm, which is its verse 0. */
export async function findTitle(graph: GraphReader, chapter: string): Promise<string | undefined> {
  const [title] = await graph.query(
    'chapter-title',
    'MATCH (c:Chapter {id: $chapter}) WHERE c.title IS NOT NULL RETURN c.title AS title',
    { chapter },
    (row) => text(row, 'title'),
  );
  return title;
}
