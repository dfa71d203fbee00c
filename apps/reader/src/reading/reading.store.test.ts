import { expect, it } from 'vitest';
import { addPlace, type Place, parsePlaces } from './reading.store.ts';

const place = (id: string, verse = 1): Place => ({ id, reference: id, verse });

it.each([
  [null],
  ['{'],
  ['{}'],
  ['[1,null,{"id":"alma.32"}]'],
  ['[{"id":"/evil","reference":"x","verse":1}]'],
  ['[{"id":"a.1","reference":"x","verse":1,"at":"now"}]'],
])('%s holds no places', (saved) => expect(parsePlaces(saved)).toEqual([]));

it('reads what was saved', () => {
  expect(parsePlaces(JSON.stringify([place('alma.32', 21)]))).toEqual([place('alma.32', 21)]);
});

it('keeps each chapter once, the last first, and only a few', () => {
  let places: readonly Place[] = [];
  for (const id of ['a.1', 'b.1', 'c.1', 'd.1', 'e.1', 'f.1', 'g.1', 'b.1']) {
    places = addPlace(places, place(id));
  }
  expect(places.map(({ id }) => id)).toEqual(['b.1', 'g.1', 'f.1', 'e.1', 'd.1', 'c.1']);
});
