import { cpuTimeOf } from '@gospelib/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { readAllVerses } from '../testing/standard-works.ts';
import { buildSearchEngine, type SearchEngine } from './search.engine.ts';
import { indexBytes } from './search.index.ts';
import { matchAt } from './search.match.ts';
import { parseQuery } from './search.query.ts';
import { suggestSpelling } from './search.spelling.ts';

const verses = readAllVerses();
let engine: SearchEngine;

beforeAll(async () => {
  engine = await buildSearchEngine(verses.map(({ text }) => text));
});

function find(typed: string) {
  const matches = engine.match(parseQuery(typed, engine.index.compounds)).sort();
  return Array.from(matches, (_, place) => {
    const { document, kind } = matchAt(matches, place);
    return { kind, reference: verses[document]?.reference, text: verses[document]?.text ?? '' };
  });
}

describe('the standard works', () => {
  it.each([
    ['in the beginning', 'Genesis 1:1'],
    ['by small and simple things great things come about', 'Alma 37:6'],
    ['if you lack wisdom ask god', 'James 1:5'],
    ['I will go and do what the Lord has commanded', '1 Nephi 3:7'],
    ['man is that he might have joy', '2 Nephi 2:25'],
    ['god loved the world so much he gave his only son', 'John 3:16'],
    ['the lord is my shepherd', 'Psalms 23:1'],
    ['wickedness never happiness', 'Alma 41:10'],
    ['i stand at the door and knock if any man hears my voice', 'Revelation 3:20'],
    ['for what does it profit a man to gain the world and lose his soul', 'Mark 8:36'],
    ['whatever you have done to the least of these you did it to me', 'Matthew 25:40'],
    ['the glory of god is intelligence light and truth', 'D&C 93:36'],
    ['his mercy endures forever', '1 Chronicles 16:34'],
    ['succor the weak lift up the hands that hang down', 'D&C 81:5'],
    ['Caesar Augustus', 'Luke 2:1'],
  ])('“%s” is first of all %s', (typed, reference) => {
    expect(find(typed)[0]?.reference).toBe(reference);
  });

  it('puts the phrase before words near each other, before words anywhere, before their forms', () => {
    const kinds = find('faith hope charity').map(({ kind }) => kind);
    expect(kinds.slice(0, 2)).toEqual(['phrase', 'phrase']);
    const order = ['phrase', 'near', 'all', 'stem'];
    expect(kinds.map((kind) => order.indexOf(kind))).toEqual(
      kinds.map((kind) => order.indexOf(kind)).sort(),
    );
    expect(new Set(kinds)).toContain('near');
  });

  it('finds every verse that holds a word, and those that hold its forms after them', () => {
    const found = find('endure');
    const exact = verses.filter(({ text }) => /\bendure\b/i.test(text));
    expect(found.filter(({ kind }) => kind === 'phrase')).toHaveLength(exact.length);
    expect(found.length).toBeGreaterThan(exact.length);
  });

  it('finds exactly the verses of a quoted phrase', () => {
    const found = find('"the Lord of hosts"');
    const exact = verses.filter(({ text }) => /\bthe lord of hosts\b/i.test(text));
    expect(found.map(({ reference }) => reference)).toEqual(
      exact.map(({ reference }) => reference),
    );
    expect(find('"small and simple" great').map(({ reference }) => reference)).toEqual([
      'Alma 37:6',
    ]);
    expect(find('"simple and small"')).toEqual([]);
  });

  it.each([
    ['Bethel', 'Beth-el'],
    ['BETH EL', 'Beth-el'],
    ['anything too hard', 'any thing too hard'],
    ['judæa', 'Judaea'],
    ['lord’s anointed', 'Lords anointed'],
  ])('“%s” finds what “%s” finds', (one, other) => {
    expect(find(one)).toEqual(find(other));
    expect(find(one).length).toBeGreaterThan(0);
  });

  it('finds words by how they begin, one of two, and leaves out', () => {
    const matching = (pattern: RegExp) => verses.filter(({ text }) => pattern.test(text)).length;
    expect(find('bapti*')).toHaveLength(matching(/\bbapti/i));
    expect(find('manna OR quails')).toHaveLength(matching(/\b(manna|quails)\b/i));
    const without = verses.filter(({ text }) => /\bmanna\b/i.test(text) && !/\beat\b/i.test(text));
    expect(
      find('manna -eat')
        .map(({ reference }) => reference)
        .toSorted(),
    ).toEqual(without.map(({ reference }) => reference).toSorted());
    expect(find('"tree of life" bapti*').map(({ reference }) => reference)).toEqual(['Alma 5:62']);
  });

  it.each([
    ['recieve', 'receive'],
    ['God is lvoe', 'God is love'],
    ['bapti* recieve', 'bapti* receive'],
    ['faith', undefined],
    ['xyzzy', undefined],
  ])('for %s offers %s', (typed, offered) => {
    const query = parseQuery(typed, engine.index.compounds);
    expect(suggestSpelling(engine.index, typed, query)).toBe(offered);
  });

  it.each([
    ['"tree of life', 'A quotation mark is not closed'],
    ['ba* water', '“ba*” was read as the word “ba”'],
    ['OR faith', 'nothing is before it'],
    ['faith OR', 'nothing is after it'],
    ['"tree of life" OR faith', 'not phrases'],
    ['faith OR "tree of life"', 'not phrases'],
    ['-faith', 'Only words to leave out'],
  ])('says what it does not understand of %s', (typed, said) => {
    expect(parseQuery(typed, engine.index.compounds).notes.join()).toContain(said);
  });

  it('finds nothing for nothing', () => {
    for (const typed of ['', '…', '""', 'xyzzy', 'αγαπη', '" "']) expect(find(typed)).toEqual([]);
  });

  it('is compact', () => {
    expect(engine.index.tokens.length).toBeGreaterThan(1_100_000);
    expect(indexBytes(engine.index)).toBeLessThan(10_000_000);
  });

  it.each([
    ['one common word 32 times', 'the '.repeat(32)],
    [
      'the 32 most common words',
      'the and of that to in he shall unto for i his a lord they be is him not them it with all thou thy was god which my me said but',
    ],
    ['32 unknown words', Array.from({ length: 32 }, (_, at) => `zz${at}`).join(' ')],
    ['beginnings of words', 'con* pro* tha* the* and* wit* hat* sha* unt* for* his* him*'],
    ['unknown words to spell', 'zzzzebra conssstitutionn unnderstandingg'],
    [
      '32 common words in reverse, quoted',
      '"but said me my which god was thy thou all with it them not him is be they lord a his i for unto shall he in to that of and the"',
    ],
  ])('answers a hostile query in bounded time: %s', (_what, typed) => {
    find(typed);
    // Takes some 10 ms; without the bound it would take many seconds.
    expect(cpuTimeOf(() => find(typed))).toBeLessThan(1000);
  });
});
