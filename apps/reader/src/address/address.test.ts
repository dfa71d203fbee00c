import { describe, expect, it } from 'vitest';
import { parsePanelView, parseVolumeId, passagePath, placePath, searchPath } from './address.ts';
import { MAX_OPENED, mapPath, parseMapAddress } from './map.address.ts';
import { formatVerseRange, inRange, parseVerseRange } from './verse.range.ts';

describe('passagePath', () => {
  it.each([
    ['alma', '/alma'],
    ['alma.32', '/alma/32'],
    ['1-ne.3.7', '/1-ne/3/7'],
    ['alma.32.21-23', '/alma/32/21-23'],
    ['matt.5.48..matt.6.1', '/matt/5/48-'],
  ])('%s', (id, path) => expect(passagePath(id)).toBe(path));
});

it('begins a place at its verse, and the first one at the top', () => {
  expect(placePath({ id: 'alma.32', verse: 21 })).toBe('/alma/32#v21');
  expect(placePath({ id: 'alma.32', verse: 1 })).toBe('/alma/32');
});

describe('verse ranges', () => {
  it.each(['0', '21', '21-23', '48-'])('%s reads and writes the same', (text) => {
    const range = parseVerseRange(text);
    expect(range && formatVerseRange(range)).toBe(text);
  });
  it.each([undefined, '', 'x', '-3', '23-21', '1234', '1-2-3', '1 '])('%s is none', (text) =>
    expect(parseVerseRange(text)).toBeUndefined(),
  );
  it('holds its ends', () => {
    const range = parseVerseRange('21-23');
    expect([20, 21, 23, 24].map((verse) => inRange(range, verse))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(inRange(parseVerseRange('48-'), 999)).toBe(true);
    expect(inRange(undefined, 1)).toBe(false);
  });
});

describe('parameters', () => {
  it('knows views and volumes, and nothing else', () => {
    expect(parsePanelView('quotation')).toBe('quotation');
    expect(parsePanelView('<script>')).toBeUndefined();
    expect(parseVolumeId('dc-testament')).toBe('dc-testament');
    expect(parseVolumeId('apocrypha')).toBeUndefined();
  });
  it('writes a search', () => {
    expect(searchPath({ q: '"tree of life" & fruit', volume: 'bofm', book: undefined })).toBe(
      '/search?q=%22tree+of+life%22+%26+fruit&volume=bofm',
    );
  });
});

describe('study map', () => {
  it('reads what it writes', () => {
    const address = {
      root: 'alma.32.21',
      depth: 2,
      kinds: ['word', 'name'],
      opened: ['H7225', 'gen.1.1'],
      selected: 'H7225',
      view: 'list',
    } as const;
    const url = new URL(mapPath(address), 'http://x');
    expect(parseMapAddress('alma.32.21', url.searchParams)).toEqual(address);
  });
  it('is short at first', () => expect(mapPath({ root: 'H7225' })).toBe('/map/H7225'));
  it('forgets the oldest openings and refuses what it does not know', () => {
    const opened = Array.from({ length: 30 }, (_, i) => `H${i + 1}`);
    const url = new URL(
      `${mapPath({ root: 'x', opened })}&depth=9&kinds=word,nonsense`,
      'http://x',
    );
    const address = parseMapAddress('x', url.searchParams);
    expect(address.opened).toEqual(opened.slice(-MAX_OPENED));
    expect(address.depth).toBe(1);
    expect(address.kinds).toEqual(['word']);
  });
});
