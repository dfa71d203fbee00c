import type { GraphReader } from '@gospelib/graph';
import { number, optionalText, text } from '../graph/row.read.ts';

export interface NameEntry {
  readonly id: string;
  readonly label: string;
  readonly verses: number;
  /** Strong's numbers of the words for this name. */
  readonly words: readonly string[];
}

export async function findName(graph: GraphReader, id: string): Promise<NameEntry | undefined> {
  const [name] = await graph.query(
    'name',
    `MATCH (n:Name {id: $id})
     RETURN n.id AS id, n.label AS label, n.verses AS verses, n.words AS words`,
    { id },
    (row) => ({
      id: text(row, 'id'),
      label: text(row, 'label'),
      verses: number(row, 'verses'),
      words: (optionalText(row, 'words').words ?? '').split(' ').filter((word) => word !== ''),
    }),
  );
  return name;
}

/** One page of the verses that mention a name, in canonical order. */
export function readMentions(
  graph: GraphReader,
  id: string,
  skip: number,
  limit: number,
): Promise<string[]> {
  return graph.query(
    'name-mentions',
    // A verse that has two words for one name has two edges to it.
    `MATCH (:Name {id: $id})<-[:MENTIONS]-(p:Passage)
     WITH DISTINCT p
     RETURN p.id AS id ORDER BY p.order SKIP $skip LIMIT $limit`,
    { id, skip, limit },
    (row) => text(row, 'id'),
  );
}
