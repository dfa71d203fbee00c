import { type Collection, collectionInput, studyLimits } from '@gospelib/contracts';
import { describe, expect, it } from 'vitest';
import {
  LIST_ITEMS,
  readPassages,
  withComment,
  withHead,
  withMoved,
  withoutItem,
  withPassages,
} from './collection.rules.ts';

const list = (...passages: string[]): Collection => ({
  id: '0199e6b4-7c00-7abc-8def-0123456789ab',
  version: 7,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  title: 'Faith',
  items: passages.map((passage) => ({ passage })),
  share: 'x'.repeat(32),
});
const passagesOf = (input: { items: { passage: string }[] }) =>
  input.items.map(({ passage }) => passage).join(' ');

it.each([
  ['Alma 32:21', ['alma.32.21']],
  ['alma 32:21-23; 1 Ne 3:7', ['alma.32.21-23', '1-ne.3.7']],
  ['nothing of the kind', []],
  ['', []],
])('%s', (typed, ids) => expect(readPassages(typed)).toEqual(ids));

describe('a list', () => {
  it('grows to its limit', () => {
    expect(LIST_ITEMS).toBe(studyLimits.collectionItems);
    expect(passagesOf(withPassages(list('a.1'), ['b.1', 'c.1']))).toBe('a.1 b.1 c.1');
    const full = withPassages(list(...Array.from({ length: 499 }, () => 'a.1')), ['b.1', 'c.1']);
    expect(full.items.length).toBe(500);
  });

  it.each([
    [0, 1, 'b.1 a.1 c.1'],
    [2, -1, 'a.1 c.1 b.1'],
    [0, -1, 'a.1 b.1 c.1'],
    [2, 1, 'a.1 b.1 c.1'],
  ] as const)('moves %d by %d', (index, step, order) =>
    expect(passagesOf(withMoved(list('a.1', 'b.1', 'c.1'), index, step))).toBe(order),
  );

  it('loses one, and gets a few words', () => {
    expect(passagesOf(withoutItem(list('a.1', 'b.1'), 0))).toBe('b.1');
    const said = withComment(list('a.1', 'b.1'), 1, 'Read first');
    expect(said.items[1]).toEqual({ passage: 'b.1', comment: 'Read first' });
    expect(withComment({ ...list(), items: said.items }, 1, '').items[1]).toEqual({
      passage: 'b.1',
    });
  });

  it('is sent as study accepts it: without its link, its version and what is empty', () => {
    const input = withHead({ ...list('alma.32.21'), description: 'old' }, 'Hope', '');
    expect(collectionInput.parse(input)).toEqual({
      title: 'Hope',
      items: [{ passage: 'alma.32.21' }],
      createdAt: '2026-01-01T00:00:00.000Z',
    });
  });
});
