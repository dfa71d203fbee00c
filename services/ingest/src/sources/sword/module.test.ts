import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeDictionaryModule, writeVerseModule } from '../../testing/sword.module.ts';
import { SourceError } from '../source.error.ts';
import { readDictionaryModule } from './dictionary.module.ts';
import { openModule, type SwordModule } from './module.files.ts';
import { namesWrongDriver, readVerseModule } from './verse.module.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gospelib-sword-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const texts = {
  'gen.0.0': 'the book',
  'gen.1.0': 'the chapter',
  'gen.1.1': 'first',
  'gen.1.2': 'shared',
  'gen.1.3': 'shared',
  'mal.4.6': 'λόγος at the end',
  'matt.1.1': 'new',
  'rev.22.21': 'Amen',
};
const verses = 'modules/comments/small';
const dictionary = 'modules/lexdict/small/dict';

function open(name: string): SwordModule {
  const module = openModule(root, name);
  if (!module) throw new Error(`${name} was not found`);
  return module;
}

describe.each([
  ['narrow', false],
  ['wide', true],
])('a module of verses with %s entries', (_, wide) => {
  beforeEach(() => {
    writeVerseModule(root, 'Small', { texts, kind: 'comments', wide });
  });

  it('yields each text with its place, in canonical order', () => {
    const entries = [...readVerseModule(open('small'))];
    const found = entries.map(({ book, chapter, verse, text }) => [
      `${book}.${chapter}.${verse}`,
      text,
    ]);
    expect(Object.fromEntries(found)).toEqual(texts);
    expect(found.map(([id]) => id)).toEqual(Object.keys(texts));
  });

  it('tells which verses share one text', () => {
    const [, , first, second, third] = [...readVerseModule(open('Small'))];
    expect(second?.source).toBe(third?.source);
    expect(first?.source).not.toBe(second?.source);
  });

  it.each(['ot.bzv', 'nt.bzs', 'ot.bzz'])('refuses a truncated %s', (file) => {
    truncateSync(join(root, verses, file), 9);
    expect(() => [...readVerseModule(open('Small'))]).toThrow(SourceError);
  });

  it('refuses a damaged block', () => {
    const path = join(root, verses, 'ot.bzz');
    const data = readFileSync(path);
    data.fill(0xff, 4, 12);
    writeFileSync(path, data);
    expect(() => [...readVerseModule(open('Small'))]).toThrow(/ot\.bzz, block 0: .*damaged/);
  });
});

it('reads a module whose configuration names the wrong driver', () => {
  writeVerseModule(root, 'Small', { texts, kind: 'comments', driver: 'zCom4' });
  expect([...readVerseModule(open('Small'))]).toHaveLength(8);
  expect(namesWrongDriver(open('Small'))).toBe(true);
  writeVerseModule(root, 'Small', { texts, kind: 'comments' });
  expect(namesWrongDriver(open('Small'))).toBe(false);
});

describe('a dictionary', () => {
  beforeEach(() => {
    writeDictionaryModule(root, 'Dict', [
      ['AARON', '<def>brother of Moses</def>'],
      ['ÆNON', '<def>springs</def>'],
    ]);
  });

  it('yields keys and texts', () => {
    expect([...readDictionaryModule(open('Dict'))]).toEqual([
      { key: 'AARON', text: '<def>brother of Moses</def>' },
      { key: 'ÆNON', text: '<def>springs</def>' },
    ]);
  });

  it.each(['.idx', '.dat', '.zdx', '.zdt'])('refuses a truncated %s', (extension) => {
    truncateSync(join(root, `${dictionary}${extension}`), 5);
    expect(() => [...readDictionaryModule(open('Dict'))]).toThrow(SourceError);
  });
});

it('does not find a module that is not there, and refuses one without its data', () => {
  expect(openModule(root, 'Small')).toBeUndefined();
  writeVerseModule(root, 'Small', { texts, kind: 'comments' });
  rmSync(join(root, verses), { recursive: true });
  expect(() => openModule(root, 'Small')).toThrow(SourceError);
});
