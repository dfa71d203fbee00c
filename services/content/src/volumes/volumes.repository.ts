import { type BookSummary, type Volume, volumeId } from '@gospelib/contracts';
import type { GraphReader } from '@gospelib/graph';
import { number, optionalText, text } from '../graph/row.read.ts';
import type { IndexedBook } from './volumes.index.ts';

export function readVolumes(graph: GraphReader): Promise<Omit<Volume, 'books'>[]> {
  return graph.query(
    'volumes',
    `MATCH (v:Volume)
     RETURN v.id AS id, v.name AS name, v.subtitle AS subtitle ORDER BY v.order`,
    {},
    (row) => ({
      id: volumeId.parse(text(row, 'id')),
      name: text(row, 'name'),
      ...optionalText(row, 'subtitle'),
    }),
  );
}

export function readBooks(graph: GraphReader): Promise<IndexedBook[]> {
  return graph.query(
    'books',
    `MATCH (b:Book)
     RETURN b.id AS slug, b.name AS name, b.fullTitle AS fullTitle, b.volume AS volume,
       b.chapters AS chapters, b.verses AS verses,
       b.subtitle AS subtitle, b.heading AS heading, b.note AS note
     ORDER BY b.order`,
    {},
    (row) => {
      const summary: BookSummary = {
        slug: text(row, 'slug'),
        name: text(row, 'name'),
        fullTitle: text(row, 'fullTitle'),
        volume: volumeId.parse(text(row, 'volume')),
        chapters: number(row, 'chapters'),
        verses: number(row, 'verses'),
      };
      const front = {
        ...optionalText(row, 'subtitle'),
        ...optionalText(row, 'heading'),
        ...optionalText(row, 'note'),
      };
      return { summary, front };
    },
  );
}
