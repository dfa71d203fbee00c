import type { Verse } from '@gospelib/contracts';
import type { GraphReader } from '@gospelib/graph';
import { flag, number, optionalText, text } from '../graph/row.read.ts';

/** Heading, title and signature of a chapter. */
export interface ChapterFront {
  readonly heading?: string;
  readonly title?: string;
  readonly signature?: string;
}

export async function findChapterFront(
  graph: GraphReader,
  id: string,
): Promise<ChapterFront | undefined> {
  const [front] = await graph.query(
    'chapter',
    `MATCH (c:Chapter {id: $id})
     RETURN c.heading AS heading, c.title AS title, c.signature AS signature`,
    { id },
    (row) => ({
      ...optionalText(row, 'heading'),
      ...optionalText(row, 'title'),
      ...optionalText(row, 'signature'),
    }),
  );
  return front;
}

export function readVerses(graph: GraphReader, chapter: string): Promise<Verse[]> {
  return graph.query(
    'chapter-verses',
    `MATCH (:Chapter {id: $chapter})-[:HAS_VERSE]->(p:Passage)
     RETURN p.id AS id, p.verse AS number, p.text AS text, p.heading AS heading,
       p.paragraph AS paragraph, p.connections AS connections
     ORDER BY p.verse`,
    { chapter },
    (row) => ({
      id: text(row, 'id'),
      number: number(row, 'number'),
      text: text(row, 'text'),
      ...optionalText(row, 'heading'),
      paragraph: flag(row, 'paragraph'),
      connections: number(row, 'connections'),
    }),
  );
}
