import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeSource, readPinned, sha256 } from './package.files.ts';
import { SourceError } from './source.error.ts';
import type { PinnedSource } from './source.pins.ts';
import { packagePins, scripturesPin } from './source.pins.ts';

const content = '{"verses": ["In the beginning"]}';
const pin = {
  id: 'small',
  package: '@maker/small',
  version: '1.2.3',
  title: 'Small',
  licence: 'CC0-1.0',
  attribution: 'Maker',
  provides: 'A verse.',
  files: { 'data/verses.json': sha256(Buffer.from(content)) },
} as const satisfies PinnedSource;

let directory: string;
const write = (text: string) =>
  writeFileSync(join(directory, '@maker/small/data/verses.json'), text);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gospelib-sources-'));
  mkdirSync(join(directory, '@maker/small/data'), { recursive: true });
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('readPinned', () => {
  it('hands back the text of the examined files', () => {
    write(content);
    expect(readPinned(pin, directory)).toEqual({ 'data/verses.json': content });
  });

  it.each([
    ['altered', content.replace('beginning', 'Beginning')],
    ['truncated', content.slice(0, -1)],
    ['empty', ''],
  ])('refuses a file that is %s', (_, text) => {
    write(text);
    expect(() => readPinned(pin, directory)).toThrow(SourceError);
    expect(() => readPinned(pin, directory)).toThrow(
      /@maker\/small\/data\/verses\.json: .*version 1\.2\.3.*truncated or altered/,
    );
  });

  it('names a file that is not there', () => {
    expect(() => readPinned(pin, directory)).toThrow(/verses\.json: it cannot be read \(ENOENT\)/);
  });

  it('names a package that is not installed', () => {
    expect(() => readPinned(pin, undefined)).toThrow(/@maker\/small: the package is not installed/);
  });

  it('finds the installed packages', () => {
    expect(readPinned(scripturesPin, undefined)['pearl-of-great-price.json']).toContain(
      'Articles of Faith',
    );
  });
});

it('describes a source with a hash over its files', () => {
  const source = describeSource(pin, Object.values(pin.files));
  expect(source).toMatchObject({ id: 'small', version: '1.2.3', licence: 'CC0-1.0' });
  expect(source.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(describeSource(pin, ['other']).sha256).not.toBe(source.sha256);
});

it('states licence and attribution of every source', () => {
  for (const { licence, attribution, provides } of packagePins) {
    expect([licence, attribution, provides].every((text) => text.length > 2)).toBe(true);
  }
});
