import type { EdgeTable, EdgeType } from '@gospelib/graph';
import type { Edition } from './small.manifest.ts';
import { CREATION_VERSES } from './small.nodes.ts';

type PlaceOf = (label: string, id: string) => number;
type Ends = readonly [label: string, id: string];

/** Genesis 1:1 refers to so many verses of the first Psalms, in their order. */
export const MANY_REFERENCES = 45;

/** [verse, verse, the other refers back, verses connected to both]; each verse's references best first. */
const REFERENCES: readonly (readonly [string, string, boolean, number])[] = [
  ['john.3.16', '1-jn.4.9', true, 9],
  ['john.3.16', 'john.1.14', true, 4],
  ['john.3.16', 'rom.5.8', false, 7],
  ['john.3.16', 'rom.8.32', false, 1],
  ['1-jn.4.9', 'john.3.16', true, 9],
  ['john.1.14', 'john.3.16', true, 4],
  ['gen.22.12', 'john.3.16', false, 0],
  ['isa.53.6', 'john.3.16', false, 3],
];
const QUOTATIONS: readonly (readonly [string, string, number, number])[] = [
  ['2-ne.12.2', 'isa.2.2', 30, 0.86],
  ['moses.2.3', 'gen.1.3', 6, 0.4],
];
/** In the order of the verse, which is not the order of the numbers. */
const USES: readonly (readonly [string, string, string])[] = [
  ['gen.1.1', 'H7225', 'רֵאשִׁית'],
  ['gen.1.1', 'H1254', 'בָּרָא'],
  ['gen.1.1', 'H430', 'אֱלֹהִים'],
  ['gen.1.1', 'H8064', 'הַשָּׁמַיִם'],
  ['gen.1.1', 'H776', 'הָאָרֶץ אֶרֶץ'],
  ['ps.23.1', 'H3068', 'יְהוָה'],
  ['ps.23.1', 'H7462', 'רֹעִי'],
  ['gen.17.5', 'H85', 'אַבְרָהָם'],
  ['gen.22.1', 'H85', 'אַבְרָהָם'],
];
const DERIVATIONS = [
  ['H7225', 'H7218'],
  ['G26', 'G25'],
];
/** The last two are of one verse that has two words for the name. */
const MENTIONS: readonly (readonly [string, string, string])[] = [
  ['ps.77.20', 'aaron', 'H175'],
  ['gen.17.5', 'abraham', 'H85'],
  ['gen.22.1', 'abraham', 'H85'],
  ['gen.22.1', 'abraham', 'H87'],
];

/** @param placeOf gives the place of a node by its label and id */
export function smallEdges(
  passages: readonly string[],
  edition: Edition,
  placeOf: PlaceOf,
): EdgeTable[] {
  const edge = (from: Ends, to: Ends) => ({ from: placeOf(...from), to: placeOf(...to) });
  const verses = (from: string, to: string) => edge(['Passage', from], ['Passage', to]);
  const many = passages.filter((id) => id.startsWith('ps.')).slice(0, MANY_REFERENCES);
  const references = [...REFERENCES, ...many.map((id) => ['gen.1.1', id, false, 0] as const)];
  const ranks = new Map<string, number>();
  const rankOf = (from: string) => {
    const rank = ranks.get(from) ?? 0;
    ranks.set(from, rank + 1);
    return rank;
  };
  const others = Array.from({ length: CREATION_VERSES - 1 }, (_, at) => `gen.1.${at + 2}`);
  const uses = [
    ...USES,
    ...others.map((id) => [id, 'H430', 'אֱלֹהִים'] as const),
    ...(edition === 'full' ? [['john.3.16', 'G25', 'loved'] as const] : []),
  ];
  return [
    ...structure(passages, edge),
    {
      type: 'CROSS_REF',
      rows: references.map(([from, to, reciprocal, shared]) => ({
        ...verses(from, to),
        ...{ reciprocal, shared, rank: rankOf(from) },
      })),
    },
    {
      type: 'QUOTES',
      rows: QUOTATIONS.map(([from, to, shared, jaccard]) => ({
        ...verses(from, to),
        shared,
        jaccard,
      })),
    },
    {
      type: 'USES_WORD',
      rows: uses.map(([verse, word, forms]) => ({
        ...edge(['Passage', verse], ['Word', word]),
        ...{ forms, count: 1 },
      })),
    },
    plain(
      'DERIVED_FROM',
      DERIVATIONS.map(([a = '', b = '']) => edge(['Word', a], ['Word', b])),
    ),
    {
      type: 'MENTIONS',
      rows: MENTIONS.map(([verse, name, word]) => ({
        ...edge(['Passage', verse], ['Name', name]),
        word,
      })),
    },
    ...(edition === 'full' ? fullEdges(edge) : []),
  ];
}

function structure(passages: readonly string[], edge: (from: Ends, to: Ends) => Row): EdgeTable[] {
  const chapterOf = (id: string) => id.slice(0, id.lastIndexOf('.'));
  const chapters = [...new Set(passages.map(chapterOf))];
  return [
    plain(
      'HAS_CHAPTER',
      chapters.map((id) => edge(['Book', chapterOf(id)], ['Chapter', id])),
    ),
    plain(
      'HAS_VERSE',
      passages.map((id) => edge(['Chapter', chapterOf(id)], ['Passage', id])),
    ),
  ];
}

function fullEdges(edge: (from: Ends, to: Ends) => Row): EdgeTable[] {
  const about: readonly (readonly [string, string, string])[] = [
    ['faith', 'Passage', 'john.3.16'],
    ['faith', 'Passage', 'rom.5.1'],
    ['faith', 'Chapter', 'rom.4'],
    ['faith', 'Book', 'rom'],
    ['aaron', 'Passage', 'ps.77.20'],
  ];
  const comment: Ends = ['Commentary', 'mhcc.gen.1.1'];
  return [
    plain(
      'ABOUT',
      about.map(([topic, label, id]) => edge(['Topic', topic], [label, id])),
    ),
    plain('SEE_ALSO', [edge(['Topic', 'faith'], ['Topic', 'belief'])]),
    plain(
      'COMMENTS_ON',
      ['gen.1.1', 'gen.1.2'].map((id) => edge(comment, ['Passage', id])),
    ),
  ];
}

interface Row {
  from: number;
  to: number;
}
type PlainType = Exclude<EdgeType, 'CROSS_REF' | 'QUOTES' | 'USES_WORD' | 'MENTIONS'>;

function plain(type: PlainType, rows: readonly Row[]): EdgeTable {
  return { type, rows };
}
