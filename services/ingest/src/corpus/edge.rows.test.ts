import { describe, expect, it } from 'vitest';
import type { Corpus } from './corpus.ts';
import {
  aboutEdges,
  bookEdges,
  chapterEdges,
  type Places,
  referenceEdges,
  seeAlsoEdges,
  useEdges,
} from './edge.rows.ts';

const places: Places = {
  volume: 0,
  book: 1,
  chapter: 2,
  passage: 3,
  word: 5,
  name: 6,
  topic: 6,
  comment: 7,
};
const topic = {
  key: 'faith',
  verses: new Set([1]),
  chapters: ['gen.1'],
  books: ['gen'],
  seeAlso: ['faith'],
};
/** One volume, book, chapter, word and topic, two verses; `part` replaces what it names. */
const corpusWith = (part: object): Corpus =>
  ({
    scriptures: {
      volumes: [{ id: 'ot' }],
      books: [{ slug: 'gen', volume: 'ot' }],
      chapters: [{ book: 'gen', number: 1, verses: 2 }],
      passages: [{ book: 'gen' }, { book: 'gen' }],
    },
    words: [{ id: 'H1' }],
    uses: [{ verse: 1, word: 'H1', forms: ['a'], count: 1 }],
    topics: [topic],
    references: { from: Uint16Array.of(0), to: Uint16Array.of(1) },
    ranking: {
      reciprocal: Uint8Array.of(0),
      shared: Uint16Array.of(2),
      rank: Uint16Array.of(0),
    },
    ...part,
  }) as unknown as Corpus;
const sound = corpusWith({});

it('edges lead to the nodes that they name', () => {
  expect([...bookEdges(sound, places)]).toEqual([{ from: 0, to: 1 }]);
  expect([...chapterEdges(sound, places)]).toEqual([{ from: 1, to: 2 }]);
  expect([...useEdges(sound, places)]).toEqual([{ from: 4, to: 5, forms: 'a', count: 1 }]);
  expect([...aboutEdges(sound, places)].map(({ to }) => to)).toEqual([4, 2, 1]);
  expect([...seeAlsoEdges(sound, places)]).toEqual([{ from: 6, to: 6 }]);
  expect([...referenceEdges(sound, places)]).toEqual([
    { from: 3, to: 4, reciprocal: false, shared: 2, rank: 0 },
  ]);
});

describe('an edge to a node that the corpus lacks is an error that names it', () => {
  const { scriptures } = sound;
  const cases: [named: string, edges: typeof bookEdges | typeof useEdges, part: object][] = [
    ['volume nt', bookEdges, { scriptures: { ...scriptures, books: [{ volume: 'nt' }] } }],
    ['book exo', chapterEdges, { scriptures: { ...scriptures, chapters: [{ book: 'exo' }] } }],
    ['word H2', useEdges, { uses: [{ verse: 0, word: 'H2', forms: [], count: 1 }] }],
    ['chapter gen.2', aboutEdges, { topics: [{ ...topic, chapters: ['gen.2'] }] }],
    ['book exo', aboutEdges, { topics: [{ ...topic, books: ['exo'] }] }],
    ['topic hope', seeAlsoEdges, { topics: [{ ...topic, seeAlso: ['hope'] }] }],
    ['reference 0', referenceEdges, { references: { from: [0], to: [] } }],
  ] as never;
  it.each(cases)('%s', (named, edges, part) => {
    expect(() => [...edges(corpusWith(part), places)]).toThrow(named);
  });
});
