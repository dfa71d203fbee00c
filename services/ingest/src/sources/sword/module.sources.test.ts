import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RepairList } from '../../corpus/repair.list.ts';
import { findVerse } from '../../corpus/verse.finder.ts';
import { writeDictionaryModule, writeVerseModule } from '../../testing/sword.module.ts';
import { chooseEdition } from '../edition.choice.ts';
import { SourceError } from '../source.error.ts';
import { readCommentary } from './commentary.source.ts';
import { readGreekUses } from './kjv.source.ts';
import { openModule, type SwordModule } from './module.files.ts';
import { plainText } from './module.markup.ts';
import { readTopics } from './nave.source.ts';
import { describeModules } from './sword.sources.ts';
import { topicName, topicSlug } from './topic.name.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'gospelib-sword-'));
  writeVerseModule(root, 'engKJV2006eb', {
    kind: 'texts',
    texts: {
      'gen.1.1': 'In the <w lemma="strong:H7225">beginning</w> <w lemma="strong:H0430">God</w>',
      'gen.1.2': 'a \\+nd leak\\+nd*',
      'john.1.1':
        '<w lemma="strong:G1722">In</w> <w lemma="strong:G0746">the beginning</w> was <w lemma="strong:G3056">the Word</w>, <w lemma="strong:G3056">Word</w>',
    },
  });
  const comment =
    '<hi type="bold">Verses 1-2</hi><div type="x-p"/>On <reference osisRef="ge 1">Ge 1</reference> &amp; more';
  const texts = {
    'gen.0.0': 'Introduction',
    'gen.1.1': comment,
    'gen.1.2': comment,
    'gen.1.3': '<div/>',
    'ps.23.1': 'Shepherd',
  };
  for (const name of ['MHCC', 'Scofield', 'TDavid']) {
    writeVerseModule(root, name, {
      kind: 'comments',
      texts,
      driver: name === 'MHCC' ? 'zCom4' : 'zCom',
    });
  }
  writeDictionaryModule(root, 'Nave', [
    [
      'FAITH',
      '<ref osisRef="Gen.1.1-Gen.1.3">x</ref><ref osisRef="Gen.1.2">x</ref><ref osisRef="Rom.4">x</ref><ref osisRef="Jude.1.1">Jude 1</ref>' +
        '<ref osisRef="Col.8.16">x</ref><ref osisRef="PrAzar.1.2">x</ref><ref target="Nave:WORKS">x</ref><ref target="Nave:GONE">x</ref>',
    ],
    ['WORKS', '<ref osisRef="Jas.2.26">x</ref>'],
    ['FAITH', '<ref osisRef="Heb.11.1">x</ref>'],
  ]);
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

function open(name: string): SwordModule {
  const module = openModule(root, name);
  if (!module) throw new Error(`${name} was not found`);
  return module;
}
const rules = (repairs: RepairList) =>
  Object.fromEntries(repairs.all().map(({ rule, records }) => [rule, records]));

describe('the tagged King James Version', () => {
  const known = new Set(['G1722', 'G746', 'G3056']);

  it('yields the words of each verse of the New Testament with their renderings, none of the Old', () => {
    const repairs = new RepairList();
    const uses = readGreekUses(open('engKJV2006eb'), known, repairs);
    const john = findVerse('john', 1, 1);
    expect(uses).toEqual([
      { verse: john, word: 'G1722', forms: ['In'], count: 1 },
      { verse: john, word: 'G746', forms: ['the\u00A0beginning'], count: 1 },
      { verse: john, word: 'G3056', forms: ['the\u00A0Word', 'Word'], count: 2 },
    ]);
    expect(rules(repairs)).toEqual({ 'kjv-usfm-marks': 1, 'kjv-hebrew-tags': 2 });
  });

  it('refuses a word that no dictionary has', () => {
    expect(() => readGreekUses(open('engKJV2006eb'), new Set(), new RepairList())).toThrow(
      /john\.1\.1.*G1722/,
    );
  });
});

describe("Nave's topics", () => {
  it('lead to verses, chapters and books; what cannot be is dropped and told', () => {
    const repairs = new RepairList();
    const { topics, rejected } = readTopics(open('Nave'), repairs);
    expect(topics).toEqual([
      {
        key: 'FAITH',
        id: 'faith',
        name: 'Faith',
        verses: new Set([0, 1, 2, findVerse('heb', 11, 1)]),
        chapters: new Set(['rom.4']),
        books: new Set(['jude']),
        seeAlso: new Set(['WORKS']),
      },
      expect.objectContaining({ id: 'works', verses: new Set([findVerse('james', 2, 26)]) }),
    ]);
    expect(rejected).toBe(3);
    expect(rules(repairs)).toEqual({
      'nave-whole-books': 1,
      'nave-unknown-books': 1,
      'nave-impossible-verses': 1,
      'nave-unknown-topics': 1,
    });
  });

  it.each([
    ['ANGEL (A SPIRIT)', 'Angel (a Spirit)', 'angel-a-spirit'],
    ['THE LORD OF HOSTS', 'The Lord of Hosts', 'the-lord-of-hosts'],
    ["ABRAHAM'S BOSOM", "Abraham's Bosom", 'abrahams-bosom'],
  ])('call %s "%s", %s', (key, name, slug) => {
    expect([topicName(key), topicSlug(key, new Set())]).toEqual([name, slug]);
  });

  it('of one slug get different ones', () => {
    const taken = new Set<string>();
    expect([topicSlug('SIN', taken), topicSlug('SIN.', taken)]).toEqual(['sin', 'sin-2']);
  });
});

describe('a commentary', () => {
  it('has one comment for verses that share a text, none for introductions and empty entries', () => {
    const repairs = new RepairList();
    const comments = readCommentary(open('MHCC'), 'mhcc', 'Henry', repairs);
    expect(comments).toEqual([
      {
        id: 'mhcc.gen.1.1',
        source: 'Henry',
        text: 'Verses 1-2\n\nOn Ge 1 & more',
        covers: 'Genesis 1:1–2',
        verses: [0, 1],
      },
      expect.objectContaining({ id: 'mhcc.ps.23.1', covers: 'Psalm 23:1' }),
    ]);
    expect(rules(repairs)).toEqual({ 'mhcc-driver': 1, 'mhcc-references': 2 });
  });

  it('on whole chapters says so', () => {
    const comments = readCommentary(open('TDavid'), 'tdavid', 'Spurgeon', new RepairList(), true);
    expect(comments.at(-1)?.covers).toBe('Psalm 23');
  });
});

describe('the edition', () => {
  it('is full where all modules are found, and says where', () => {
    const choice = chooseEdition('auto', root);
    expect(choice).toMatchObject({
      edition: 'full',
      reason: `All SWORD modules were found in ${root}.`,
    });
    const sources = choice.modules ? describeModules(choice.modules) : [];
    expect(sources.map(({ id }) => id)).toContain('sword-nave');
    expect(sources).toHaveLength(5);
  });

  it('is the default one where that is asked for', () => {
    expect(chooseEdition('default', root).edition).toBe('default');
  });

  it('cannot be full in a folder that was named and lacks modules', () => {
    expect(() => chooseEdition('auto', join(root, 'modules'))).toThrow(SourceError);
    const bare = mkdtempSync(join(tmpdir(), 'gospelib-sword-'));
    writeDictionaryModule(bare, 'Nave', []);
    expect(() => chooseEdition('full', bare)).toThrow(/lacks the modules engKJV2006eb, MHCC/);
    rmSync(bare, { recursive: true });
  });

  it('takes no module that is not public domain', () => {
    const { modules } = chooseEdition('full', root);
    if (!modules) throw new Error('modules were expected');
    const other = { ...modules, nave: { ...modules.nave, licence: 'Copyrighted' } };
    expect(() => describeModules(other)).toThrow(/not public domain/);
  });
});

it.each([
  ['<div sID="a" type="x-p"/>One<lb/>two', 'One\n\ntwo'],
  ['a <hi>b</hi>  c &#8220;d&#x201D; &lt;e&gt; &bogus;', 'a b c “d” <e> &bogus;'],
  ['LORD\\+nd* said', 'LORD said'],
])('the plain text of %s', (markup, text) => {
  expect(plainText(markup)).toBe(text);
});
