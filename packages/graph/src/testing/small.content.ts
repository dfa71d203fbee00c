import type { GraphContent } from '../content/graph.content.ts';

/** A graph of three verses, two words and a name, for tests. */
export function smallContent(text = 'In the beginning'): GraphContent {
  const passage = (verse: number) => ({
    id: `gen.1.${verse}`,
    book: 'gen',
    chapter: 1,
    verse,
    order: verse - 1,
    text: `${text} ${verse}`,
    paragraph: verse === 1,
    connections: 0,
  });
  const word = (order: number) => ({
    id: `H${order}`,
    language: 'hebrew',
    order,
    lemma: 'אֱלֹהִים',
    key: 'אלהים',
    gloss: 'God "the\\ mighty\n',
    definition: 'God',
    verses: 1,
    forms: '[]',
  });
  return {
    nodes: [
      { label: 'Passage', rows: [passage(1), passage(2), passage(3)] },
      { label: 'Word', rows: [word(1), word(2)] },
      {
        label: 'Name',
        rows: [{ id: 'adam', label: 'Adam', kind: 'person', verses: 1, words: 'H1 H2' }],
      },
    ],
    edges: [
      {
        type: 'NEXT',
        rows: [
          { from: 0, to: 1 },
          { from: 1, to: 2 },
        ],
      },
      { type: 'CROSS_REF', rows: [{ from: 0, to: 2, reciprocal: true, shared: 4, rank: 0 }] },
      { type: 'QUOTES', rows: [{ from: 2, to: 0, shared: 7, jaccard: 0.3158 }] },
      { type: 'USES_WORD', rows: [{ from: 0, to: 3, forms: 'א ב', count: 2 }] },
      {
        type: 'MENTIONS',
        rows: [
          { from: 0, to: 5, word: 'H1' },
          { from: 0, to: 5, word: 'H2' },
        ],
      },
    ],
  };
}
