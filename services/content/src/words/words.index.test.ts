import { lemmaKey, transliterationKey } from '@gospelib/graph';
import { describe, expect, it } from 'vitest';
import { normalStrongs, WordIndex } from './words.index.ts';

const entries: [string, string, string, string, number][] = [
  ['H430', 'אֱלֹהִים', 'ʼĕlôhîym', 'gods; specifically the supreme God', 2600],
  ['H433', 'אֱלוֹהַּ', 'ʼĕlôwahh', 'a deity or the Deity', 60],
  ['H530', 'אֱמוּנָה', 'ʼĕmûwnâh', 'firmness; figuratively security', 49],
  ['H2617', 'חֵסֵד', 'chêçêd', 'kindness', 240],
  ['H7307', 'רוּחַ', 'rûwach', 'wind; by resemblance breath', 370],
  ['H7965', 'שָׁלוֹם', 'shâlôwm', 'safe, i.e. well, happy', 208],
  ['H8451', 'תּוֹרָה', 'tôwrâh', 'a precept or statute', 213],
  ['H157', 'אָהַב', 'ʼâhab', 'to have affection for; love', 190],
  ['G25', 'ἀγαπάω', 'agapáō', 'to love', 0],
  ['G26', 'ἀγάπη', 'agápē', 'love, i.e. affection', 0],
  ['G3056', 'λόγος', 'lógos', 'something said', 0],
  ['G4102', 'πίστις', 'pístis', 'persuasion; faith', 0],
];
const index = await WordIndex.build(
  entries.map(([strongs, lemma, transliteration, gloss, verses]) => ({
    summary: {
      strongs,
      language: strongs.startsWith('H') ? 'hebrew' : 'greek',
      lemma,
      transliteration,
      gloss,
    },
    verses,
    key: lemmaKey(lemma),
    translitKey: transliterationKey(transliteration),
  })),
);
const ids = (words: ReturnType<typeof index.named>) => words.map(({ summary }) => summary.strongs);

describe("Strong's numbers", () => {
  it.each([
    ['H430', 'H430'],
    ['h085', 'H85'],
    [' g0026 ', 'G26'],
    ['H0', undefined],
    ['H', undefined],
    ['H99999', undefined],
    ['H1a', undefined],
  ])('%j is %s', (typed, strongs) => {
    expect(normalStrongs(typed)).toBe(strongs);
  });
});

describe('a word is found by', () => {
  it.each([
    ['its number', 'h0430', 'H430'],
    ['its lemma, accented', 'ἀγάπη', 'G26'],
    ['its lemma, unaccented', 'αγαπη', 'G26'],
    ['its lemma in capitals', 'ΛΟΓΟΣ', 'G3056'],
    ['its lemma, pointed', 'תּוֹרָה', 'H8451'],
    ['its lemma, unpointed', 'שלום', 'H7965'],
    ['its transliteration', 'pistis', 'G4102'],
    ['its transliteration with marks', 'agápē', 'G26'],
    ['its transliteration as people spell it', 'hesed', 'H2617'],
    ['its transliteration as people spell it', 'ruach', 'H7307'],
    ['its transliteration as people spell it', 'shalom', 'H7965'],
    ['its transliteration as people spell it', 'Elohim', 'H430'],
    ['its transliteration as people spell it', 'torah', 'H8451'],
    ['its transliteration as people spell it', 'emunah', 'H530'],
  ])('%s: %s', (_how, typed, strongs) => {
    expect(ids(index.named(typed))[0]).toBe(strongs);
  });
});

describe('a search', () => {
  it('gives words named so, then those that begin so, then those that mean it', () => {
    expect(ids(index.search('love'))).toEqual(['H157', 'G25', 'G26']);
    expect(ids(index.search('elo'))).toEqual(['H430', 'H433']);
    expect(ids(index.search('αγαπ'))).toEqual(['G25', 'G26']);
    expect(ids(index.search('supreme god'))).toEqual(['H430']);
    expect(ids(index.search('H430'))).toEqual(['H430']);
  });

  it('finds nothing for nothing', () => {
    for (const typed of ['', ' ', '!', 'zzzz', '\u0301'])
      expect(ids(index.search(typed))).toEqual([]);
  });
});
