import { lemmaKey, type NodeRow, transliterationKey } from '@gospelib/graph';

type WordRow = readonly [
  id: string,
  lemma: string,
  transliteration: string,
  gloss: string,
  verses: number,
];

/** Verses of Genesis 1, each of which uses H430. */
export const CREATION_VERSES = 31;

const WORDS: readonly WordRow[] = [
  ['H410', 'אֵל', 'ʼêl', 'strength; as adjective, mighty', 0],
  ['H430', 'אֱלֹהִים', 'ʼĕlôhîym', 'gods in the ordinary sense; God', CREATION_VERSES],
  ['H776', 'אֶרֶץ', 'ʼerets', 'the earth', 1],
  ['H1254', 'בָּרָא', 'bârâʼ', 'to create', 1],
  ['H2617', 'חֵסֵד', 'chêçêd', 'kindness', 0],
  ['H3068', 'יְהֹוָה', 'Yᵉhôvâh', 'the self-Existent or Eternal', 1],
  ['H7218', 'רֹאשׁ', 'rôʼsh', 'the head', 0],
  ['H7225', 'רֵאשִׁית', 'rêʼshîyth', 'the first, in place, time, order or rank', 1],
  ['H7462', 'רָעָה', 'râʻâh', 'to tend a flock', 1],
  ['H8064', 'שָׁמַיִם', 'shâmayim', 'the sky', 1],
  ['H85', 'אַבְרָהָם', 'ʼAbrâhâm', 'Abraham, the later name of Abram', 2],
  ['G25', 'ἀγαπάω', 'agapáō', 'to love', 1],
  ['G26', 'ἀγάπη', 'agápē', 'love, i.e. affection or benevolence', 0],
];

export const words: NodeRow<'Word'>[] = WORDS.map(
  ([id, lemma, transliteration, gloss, verses]) => ({
    ...{ id, lemma, transliteration, gloss, verses },
    language: id.startsWith('H') ? 'hebrew' : 'greek',
    order: Number(id.slice(1)),
    key: lemmaKey(lemma),
    translitKey: transliterationKey(transliteration),
    definition: gloss,
    forms: JSON.stringify(verses > 0 ? [[lemma, verses]] : []),
  }),
);

export const names: NodeRow<'Name'>[] = [
  { id: 'abraham', label: 'Abraham', kind: 'person', verses: 2, words: 'H85' },
  { id: 'aaron', label: 'Aaron', kind: 'person', verses: 1, words: '' },
];

export const topics: NodeRow<'Topic'>[] = [
  { id: 'aaron', name: 'Aaron', passages: 1 },
  { id: 'faith', name: 'Faith', passages: 4 },
  { id: 'belief', name: 'Belief', passages: 0 },
];

export const commentaries: NodeRow<'Commentary'>[] = [
  {
    id: 'mhcc.gen.1.1',
    source: 'Matthew Henry’s Concise Commentary',
    text: 'The first verse of the Bible.',
    covers: 'Genesis 1:1–2',
  },
];
