import { describe, expect, it } from 'vitest';
import { parseHeader } from './migration.header.ts';

const sql = 'CREATE TABLE a (id int);';

describe('parseHeader', () => {
  it.each([
    ['-- @reversible yes\n-- @down-loses nothing', { reversible: true, transaction: true }],
    [
      '-- Why it is there.\n--\n-- @reversible yes\n-- @down-loses every note\n',
      { reversible: true, loses: 'every note', transaction: true },
    ],
    [
      '-- @reversible no: the values are gone; add them anew from an export',
      {
        reversible: false,
        reason: 'the values are gone; add them anew from an export',
        transaction: true,
      },
    ],
    [
      '-- @reversible yes\n-- @down-loses nothing\n-- @transaction no',
      { reversible: true, transaction: false },
    ],
  ])('reads %j', (head, expected) => {
    expect(parseHeader('0001_a', `${head}\n${sql}`)).toEqual(expected);
  });

  it.each([
    ['', '@reversible is missing'],
    ['-- @reversible', '@reversible is missing'],
    ['-- @reversible perhaps', '@reversible is `yes`, or `no'],
    ['-- @reversible no', '@reversible is `yes`, or `no'],
    ['-- @reversible no: ', '@reversible is `yes`, or `no'],
    ['-- @reversible yes', '@down-loses is missing'],
    ['-- @reversible no: gone\n-- @down-loses nothing', 'has no meaning'],
    ['-- @reversible yes\n-- @down-loses nothing\n-- @transaction maybe', '@transaction is'],
    ['-- @reversible yes\n-- @reversible yes\n-- @down-loses nothing', 'said twice'],
    ['-- @reversable yes', '@reversable is not known'],
    [`${sql}\n-- @reversible yes\n-- @down-loses nothing`, '@reversible is missing'],
  ])('refuses %j', (head, fault) => {
    expect(() => parseHeader('0001_a', `${head}\n${sql}`)).toThrow(fault);
  });

  it('names the migration and every fault', () => {
    expect(() => parseHeader('0007_b', '-- @transaction x')).toThrow(
      /0007_b: .*@reversible is missing.*@transaction/,
    );
  });
});
