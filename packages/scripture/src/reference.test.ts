import { describe, expect, test } from 'vitest';
import { verseAt, verseTotal } from './canon.order.ts';
import { formatReference } from './reference.format.ts';
import { formatId, parseId } from './reference.id.ts';
import { chapterOf, expandReference, spanOf } from './reference.span.ts';
import type { Reference } from './reference.ts';

function parsed(id: string): Reference {
  const reference = parseId(id);
  if (!reference) throw new Error(`"${id}" was not parsed`);
  return reference;
}

describe('canonical ids', () => {
  test.each([
    ['alma', 'Alma'],
    ['dc', 'Doctrine and Covenants'],
    ['ps', 'Psalms'],
    ['alma.32', 'Alma 32'],
    ['ps.23', 'Psalm 23'],
    ['dc.138', 'D&C 138'],
    ['enos.1', 'Enos 1'],
    ['alma.32.21', 'Alma 32:21'],
    ['dc.76.22', 'D&C 76:22'],
    ['enos.1.3', 'Enos 1:3'],
    ['js-h.1.17', 'Joseph Smith—History 1:17'],
    ['a-of-f.1.13', 'Articles of Faith 1:13'],
    ['song.2.1', "Solomon's Song 2:1"],
    ['ps.3.0', 'Psalm 3 (title)'],
    ['alma.32.21-23', 'Alma 32:21–23'],
    ['alma.32.1-43', 'Alma 32:1–43'],
    ['matt.5.48..matt.6.1', 'Matthew 5:48–6:1'],
    ['1-ne.3.7..1-ne.4.1', '1 Nephi 3:7–4:1'],
    ['2-ne.12.1..2-ne.24.32', '2 Nephi 12–24'],
    ['dc.1.1..dc.2.3', 'D&C 1–2'],
    ['ps.3.1..ps.4.8', 'Psalms 3–4'],
    ['ps.3.1..ps.4.7', 'Psalm 3:1–4:7'],
  ])('%s reads "%s" and survives parsing', (id, human) => {
    const reference = parsed(id);
    expect(formatId(reference)).toBe(id);
    expect(formatReference(reference)).toBe(human);
  });

  test.each([
    '',
    'Alma.32.21',
    ' alma.32',
    'alma.',
    'alma.64',
    'alma.0',
    'alma.032.21',
    'alma.32.021',
    'alma.32.44',
    'alma.32.0',
    'ps.1.0',
    'ps.3.0-2',
    '3-jn.1.15',
    'dc.139',
    'mal.5.1',
    'nobody.1.1',
    '__proto__.1.1',
    'constructor',
    'alma.32.21-21',
    'alma.32.23-21',
    'alma.32.21-44',
    'alma.32.21..alma.32.23',
    'alma.33.1..alma.32.1',
    'mal.4.6..matt.1.1',
    'matt.5.48..matt.6',
    'matt.5.48..matt.6.35',
    'alma.32.21\n',
    'alma.32.21.1',
    'alma.1000.1',
    'alma.1e1.1',
    'a'.repeat(100_000),
  ])('refuses %j', (id) => {
    expect(parseId(id)).toBeUndefined();
  });

  test('every one of the 41,995 verse ids survives format and parse', () => {
    const seen = new Set<string>();
    for (let order = 0; order < verseTotal; order += 1) {
      const point = verseAt(order);
      if (!point) throw new Error(`no verse at ${order}`);
      const id = formatId({ kind: 'verse', ...point });
      seen.add(id);
      const again = parsed(id);
      if (again.kind !== 'verse' || formatId(again) !== id) expect(again).toBe(id);
    }
    expect(seen.size).toBe(41_995);
  });
});

describe('expansion', () => {
  test.each([
    ['alma.32.21', ['alma.32.21']],
    ['alma.32.21-23', ['alma.32.21', 'alma.32.22', 'alma.32.23']],
    ['matt.5.47..matt.6.1', ['matt.5.47', 'matt.5.48', 'matt.6.1']],
    ['ps.117', ['ps.117.1', 'ps.117.2']],
    ['ps.3.0', ['ps.3.0']],
  ])('%s', (id, verses) => {
    expect(expandReference(parsed(id))).toEqual(verses);
  });

  test('a titled Psalm expands without its title, a book to all its verses', () => {
    expect(expandReference(parsed('ps.3'))[0]).toBe('ps.3.1');
    expect(expandReference(parsed('dc'))).toHaveLength(3_654);
    expect(expandReference(parsed('dc')).at(-1)).toBe('dc.138.60');
  });

  test('spans are places in the canon', () => {
    expect(spanOf(parsed('gen.1'))).toEqual({ first: 0, last: 30 });
    expect(spanOf(parsed('a-of-f.1.13'))).toEqual({ first: 41_994, last: 41_994 });
    expect(spanOf(parsed('ps.3.0'))).toBeUndefined();
    expect(() => spanOf({ kind: 'chapter', book: 'mal', chapter: 5 })).toThrow(RangeError);
  });

  test.each([
    ['alma', { book: 'alma', chapter: 1 }],
    ['alma.32', { book: 'alma', chapter: 32 }],
    ['ps.3.0', { book: 'ps', chapter: 3 }],
    ['matt.5.48..matt.6.1', { book: 'matt', chapter: 5 }],
  ])('%s starts in its chapter', (id, chapter) => {
    expect(chapterOf(parsed(id))).toEqual(chapter);
  });
});
