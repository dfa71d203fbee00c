import { cpuTimeOf } from '@gospelib/testkit';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { findMentions } from './note.mentions.ts';

/** Each mention as `text=passage`. */
function mentions(text: string): string[] {
  return findMentions(text).map((m) => `${text.slice(m.start, m.end)}=${m.passage}`);
}

describe('findMentions', () => {
  test.each([
    ['Compare Alma 32:21.', ['Alma 32:21=alma.32.21']],
    ['see also 1 Ne. 3:7; 4:6 and D&C 76', ['1 Ne. 3:7=1-ne.3.7', '4:6=1-ne.4.6', 'D&C 76=dc.76']],
    ['John 3:16,18', ['John 3:16=john.3.16', '18=john.3.18']],
    [
      'Alma 32:21, 23, 1 Nephi 3:7',
      ['Alma 32:21=alma.32.21', '23=alma.32.23', '1 Nephi 3:7=1-ne.3.7'],
    ],
    ['Matthew 5:48–6:1', ['Matthew 5:48–6:1=matt.5.48..matt.6.1']],
    ['(2 Nephi 12-24)', ['2 Nephi 12-24=2-ne.12.1..2-ne.24.32']],
    ['1 John 4:9 and John 4:9', ['1 John 4:9=1-jn.4.9', 'John 4:9=john.4.9']],
    ['II Tim. 3:16', ['II Tim. 3:16=2-tim.3.16']],
    ['First Nephi 3:7', ['First Nephi 3:7=1-ne.3.7']],
    ['JS—H 1:17', ['JS—H 1:17=js-h.1.17']],
    ['A of F 1:13', ['A of F 1:13=a-of-f.1.13']],
    ['Song of Solomon 2:1', ['Song of Solomon 2:1=song.2.1']],
    ['Words of Mormon 1:3', ['Words of Mormon 1:3=w-of-m.1.3']],
    ['Doctrine and Covenants 76:22', ['Doctrine and Covenants 76:22=dc.76.22']],
    ['D & C 76:22', ['D & C 76:22=dc.76.22']],
    ['Joseph Smith—Matthew 1:4', ['Joseph Smith—Matthew 1:4=js-m.1.4']],
    ['Alma chapter 32', ['Alma chapter 32=alma.32']],
    [
      '1 Corinthians 13:4; I Cor. 13:5',
      ['1 Corinthians 13:4=1-cor.13.4', 'I Cor. 13:5=1-cor.13.5'],
    ],
    ['1Ne3:7', ['1Ne3:7=1-ne.3.7']],
    ['alma.32.21', ['alma.32.21=alma.32.21']],
    ['i love alma 32:21', ['alma 32:21=alma.32.21']],
    ['**Moroni 10:4**', ['Moroni 10:4=moro.10.4']],
    ['[Moroni 10:4](https://example.org)', ['Moroni 10:4=moro.10.4']],
    ['Jude 9', ['Jude 9=jude.1.9']],
    ['Psalm 23', ['Psalm 23=ps.23']],
    ['Acts 2', ['Acts 2=acts.2']],
    ['🌱 Ether 12:27', ['Ether 12:27=ether.12.27']],
  ])('%j', (text, expected) => expect(mentions(text)).toEqual(expected));

  test.each([
    'Nothing here.',
    'in 5 minutes',
    'he acts 2 parts',
    'Is 5 enough? Am 4 of them.',
    'at 10:30 we met',
    'Alma 64:1',
    'Malachi 5',
    'Nephi 3:7',
    'Mos 3:19',
    'Alma 1/2',
    'In Alma, Mosiah and Ether',
    '2024-01-05 and 12345',
    'Alma\n\n32:21',
  ])('finds nothing in %j', (text) => expect(mentions(text)).toEqual([]));

  it('does not cross a line, and goes on after one', () => {
    expect(mentions('Alma 5\n1. Alma 32')).toEqual(['Alma 5=alma.5', 'Alma 32=alma.32']);
  });

  it('says where, also beyond characters of two units', () => {
    const [mention] = findMentions('🌱🌱 Alma 32:21');
    expect(mention).toMatchObject({ start: 5, end: 15 });
  });

  it('stops at 200', () => {
    expect(findMentions('Alma 32:21. '.repeat(500))).toHaveLength(200);
  });

  it.each(['1 ', 'a 1 ', 'Alma 1 a ', 'Nephi 3:7 ', '1:1, ', 'Alma 32:21, ', '. '])(
    '64 KB of %j take bounded time',
    (piece) => {
      const text = piece.repeat(65_536 / piece.length);
      expect(cpuTimeOf(() => findMentions(text))).toBeLessThan(1500);
    },
  );

  test('whatever the text, mentions lie in it, in order and apart', () => {
    const pieces = fc.constantFrom(
      'Alma ',
      '32',
      ':',
      '21',
      '; ',
      ', ',
      '1 ',
      'Nephi ',
      '-',
      'é',
      '🌱',
      '\n',
      'D&C ',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        let last = 0;
        for (const { start, end } of findMentions(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
