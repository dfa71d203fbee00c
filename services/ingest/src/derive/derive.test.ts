import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WordRecord } from '../corpus/corpus.records.ts';
import { findNames } from './name.mentions.ts';
import { Neighbours } from './neighbour.lists.ts';
import { rankReferences } from './reference.ranking.ts';
import { countConnections } from './verse.connections.ts';
import { findQuotations } from './verse.quotations.ts';
import { findDerivations } from './word.derivation.ts';
import { shortGloss } from './word.gloss.ts';
import { describeSpeech } from './word.speech.ts';

type Pair = readonly [number, number];
const ties = (pairs: readonly Pair[]) => ({
  from: Uint16Array.from(pairs, ([from]) => from),
  to: Uint16Array.from(pairs, ([, to]) => to),
});
const word = (id: string, change: Partial<WordRecord> = {}): WordRecord => ({
  id,
  lemma: id,
  ...change,
});

describe('rankReferences', () => {
  const ranks = (pairs: readonly Pair[], of: number) => {
    const references = ties(pairs);
    const { rank, reciprocal, shared } = rankReferences(references, 10);
    return pairs
      .map(([from, to], place) => ({
        from,
        to,
        rank: rank[place],
        back: reciprocal[place],
        shared: shared[place],
      }))
      .filter(({ from }) => from === of)
      .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
      .map(({ to, back, shared }) => [to, back, shared]);
  };

  it('puts reciprocal references first, then those with most common neighbours, then canonical order', () => {
    const pairs: Pair[] = [
      [0, 4],
      [0, 3],
      [0, 2],
      [0, 1],
      [1, 0],
      // 0 and 2 share neighbour 3; 0 and 3 share neighbour 2.
      [2, 3],
    ];
    expect(ranks(pairs, 0)).toEqual([
      [1, 1, 0],
      [2, 0, 1],
      [3, 0, 1],
      [4, 0, 0],
    ]);
  });

  it('ranks the references of each verse from 0 without gaps', () => {
    const verse = fc.integer({ min: 0, max: 9 });
    const list = fc.uniqueArray(fc.tuple(verse, verse), { selector: ([a, b]) => a * 10 + b });
    fc.assert(
      fc.property(list, (pairs) => {
        const { rank } = rankReferences(ties(pairs), 10);
        for (let verse = 0; verse < 10; verse++) {
          const own = pairs.flatMap(([from], place) => (from === verse ? [rank[place]] : []));
          expect(own.toSorted()).toEqual(own.map((_, index) => index));
        }
      }),
    );
  });
});

describe('Neighbours', () => {
  it('are distinct and ascending', () => {
    const { from, to } = ties([
      [1, 5],
      [1, 2],
      [1, 5],
      [3, 0],
    ]);
    const neighbours = new Neighbours(6, [from], [to]);
    expect([0, 1, 3].map((verse) => [...neighbours.of(verse)])).toEqual([[], [2, 5], [0]]);
  });
});

it('counts the distinct verses that a verse is tied to, whatever the direction and kind', () => {
  const references = ties([
    [0, 1],
    [1, 0],
    [2, 0],
  ]);
  const quotations = ties([
    [3, 0],
    [2, 0],
  ]);
  expect([...countConnections([references, quotations], 5)]).toEqual([3, 1, 1, 1, 0]);
});

describe('findQuotations', () => {
  const bible = 'And it came to pass in those days, that there went out a decree from Caesar';
  const find = (later: string) => findQuotations([bible, later], 1);

  it('finds the same words whatever their case and punctuation', () => {
    expect(find(bible.toUpperCase().replaceAll(',', ' —'))).toEqual([
      { from: 1, to: 0, shared: 12, jaccard: 1 },
    ]);
  });

  it('takes a similarity of three tenths', () => {
    // 6 runs of the 10 words; 5 runs in common; 5 of 6 + 12 − 5.
    expect(find('it came to pass in those days that there zeal')).toEqual([
      { from: 1, to: 0, shared: 5, jaccard: 0.3846 },
    ]);
  });

  it('takes six runs that are half of the shorter verse', () => {
    const tail =
      ' unto a people who knew him not and he spake no more but departed into another country';
    expect(find(`it came to pass in those days that there${tail}`)).toEqual([]);
    expect(find(`it came to pass in those days that there went${tail}`)).toEqual([
      { from: 1, to: 0, shared: 6, jaccard: 0.2069 },
    ]);
  });

  it('takes no verse of fewer than five words', () => {
    expect(findQuotations(['Jesus wept', 'Jesus wept'], 1)).toEqual([]);
  });
});

describe('findNames', () => {
  const uses = (list: readonly (readonly [number, string])[]) =>
    list.map(([verse, id]) => ({ verse, word: id, forms: [], count: 1 }));

  it('joins words of one spelling, parts people from places, and lists mentions as they stand', () => {
    const words = [
      word('H3063', { lemma: 'יְהוּדָה', partOfSpeech: 'n-pr-m n-pr-loc', usage: 'Judah.' }),
      word('H3064', { lemma: 'יְהוּדִי', partOfSpeech: 'a', usage: 'Jew.' }),
      word('H1137', { lemma: 'בָּנִי', partOfSpeech: 'n-pr-m', usage: 'Bani.' }),
      word('H1138', { lemma: 'בֻּנִּי', partOfSpeech: 'n-pr-m', usage: 'Bunni.' }),
      word('H9999', { lemma: 'אֵין', partOfSpeech: 'n-pr-loc', usage: 'Nowhere.' }),
    ];
    const { names, mentions } = findNames(
      words,
      uses([
        [0, 'H1138'],
        [0, 'H3063'],
        [1, 'H3063'],
        [2, 'H1137'],
        [2, 'H1138'],
      ]),
      [],
    );
    expect(names).toEqual([
      { id: 'judah', label: 'Judah', kind: 'person', words: ['H3063'], verses: 2 },
      { id: 'judah-place', label: 'Judah (place)', kind: 'place', words: ['H3063'], verses: 2 },
      {
        id: 'bunni-bani',
        label: 'Bunni, Bani',
        kind: 'person',
        words: ['H1138', 'H1137'],
        verses: 2,
      },
    ]);
    expect(mentions.map(({ verse, name, word: id }) => [verse, name, id])).toEqual([
      [0, 2, 'H1138'],
      [0, 0, 'H3063'],
      [0, 1, 'H3063'],
      [1, 0, 'H3063'],
      [1, 1, 'H3063'],
      [2, 2, 'H1137'],
      [2, 2, 'H1138'],
    ]);
  });

  it('labels a name by the rendering that its verses have, else by its sound', () => {
    const words = [
      word('H3091', {
        partOfSpeech: 'n-pr-m',
        usage: 'Jehoshua, Jehoshuah, Joshua. Compare H1 (א).',
      }),
      word('H1992', { partOfSpeech: 'n-pr-loc', usage: 'it, like', transliteration: 'hêm' }),
    ];
    const { names } = findNames(
      words,
      uses([
        [0, 'H3091'],
        [1, 'H1992'],
      ]),
      ['And Joshua rose', ''],
    );
    expect(names.map(({ label }) => label)).toEqual(['Joshua', 'Hem']);
  });

  it('gives names of one label ids of their own', () => {
    const words = ['H1', 'H2', 'H3'].map((id) =>
      word(id, { lemma: id, partOfSpeech: 'n-pr-m', usage: 'Zechariah.' }),
    );
    const { names } = findNames(
      words,
      uses([
        [0, 'H2'],
        [1, 'H2'],
        [0, 'H1'],
        [0, 'H3'],
      ]),
      [],
    );
    expect(names.map(({ id }) => id)).toEqual(['zechariah-person', 'zechariah', 'zechariah-h3']);
  });
});

it('finds the words that a derivation names: known ones, once, and never itself', () => {
  const words = [
    word('H1'),
    word('H2', { derivation: 'from H1 (א) and H01 and H2 and H99 and G5' }),
    word('G5'),
  ];
  expect(findDerivations(words)).toEqual([
    { from: 1, to: 0 },
    { from: 1, to: 2 },
  ]);
});

it.each([
  [
    { definition: 'properly, to wander away, i.e. lose oneself; by implication to perish' },
    'to wander away',
  ],
  [
    { definition: 'the first, in place, time, order or rank (specifically, a firstfruit)' },
    'the first, in place, time, order or rank',
  ],
  [
    { definition: 'compare G34) (to bring tidings); a messenger; especially an angel' },
    'a messenger',
  ],
  [
    { definition: '(as a noun) a necromancer (from (soft) incantations), a charm' },
    'a necromancer, a charm',
  ],
  [
    {
      definition: 'figuratively, a magistrate',
      derivation: 'of uncertain affinity; a deity, especially (with G3588 (ὁ)) God',
    },
    'a deity',
  ],
  [{ usage: 'Eloi' }, 'Eloi'],
  [{ definition: `${'word '.repeat(30)}` }, `${'word '.repeat(15)}word…`],
  [{ derivation: 'of uncertain affinity' }, 'of uncertain affinity'],
])('the short meaning of %j is "%s"', (change, gloss) => {
  expect(shortGloss(word('H1', change))).toBe(gloss);
  expect(shortGloss(word('H1', change)).length).toBeLessThanOrEqual(80);
});

it.each([
  ['n-pr-m n-pr-loc', 'proper name of a man; proper name of a place'],
  ['v', 'verb'],
  ['unheard-of', undefined],
  [undefined, undefined],
])('the part of speech %s is "%s"', (code, text) => {
  expect(describeSpeech(code)).toBe(text);
});
