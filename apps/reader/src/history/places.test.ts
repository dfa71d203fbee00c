import { expect, it, vi } from 'vitest';

vi.mock('../study/study.ts', () => ({ studyApi: {} }));
const { mergePlaces, placeOf } = await import('./places.ts');

const place = (id: string, at?: number, verse = 1) => ({
  id,
  reference: id,
  verse,
  ...(at !== undefined && { at }),
});

it('reads an entry of the server as a place', () => {
  const readAt = '2026-01-01T00:00:00.000Z';
  expect(placeOf({ chapter: '1-ne.3', verse: 7, readAt })).toEqual({
    id: '1-ne.3',
    reference: '1 Nephi 3',
    verse: 7,
    at: Date.parse(readAt),
  });
  expect(placeOf({ chapter: 'ps.23', readAt }).verse).toBe(1);
});

it.each([
  ['nothing', [], [], ''],
  ['the later first', [place('a.1', 5)], [place('b.1', 9), place('c.1', 1)], 'b.1 a.1 c.1'],
  ['a chapter once, as it was last', [place('a.1', 5)], [place('a.1', 9, 7)], 'a.1'],
  ['what has no time last', [place('a.1'), place('b.1', 2)], [place('c.1', 1)], 'b.1 c.1 a.1'],
])('%s', (_name, here, everywhere, order) =>
  expect(
    mergePlaces(here, everywhere)
      .map(({ id }) => id)
      .join(' '),
  ).toBe(order),
);

it('keeps the later verse', () => {
  expect(mergePlaces([place('a.1', 5, 3)], [place('a.1', 9, 7)])[0]?.verse).toBe(7);
  expect(mergePlaces([place('a.1', 9, 3)], [place('a.1', 5, 7)])[0]?.verse).toBe(3);
});
