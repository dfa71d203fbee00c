import type { Bookmark, Note } from '@gospelib/contracts';
import { describe, expect, it } from 'vitest';
import type { Change } from './change.ts';
import { type Heard, inputOf, overlay } from './overlay.ts';

const note = (id: string, body: string, version = 100): Note => ({
  id,
  version,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  body,
  tags: [],
  mentions: [{ start: 0, end: 7, passage: 'alma.32', reference: 'Alma 32' }],
});
const heard = (id: string, item: Note | null, at: number): Heard => ({
  seq: 1,
  key: 'key-1',
  account: 'ruth',
  kind: 'notes',
  id,
  item,
  at,
});
const change = (seq: number, id: string, body: string | null): Change => ({
  seq,
  account: 'ruth',
  kind: 'notes',
  id,
  input: body === null ? null : { body, tags: [] },
  base: 'absent',
  key: `key-${seq}`,
  madeAt: '2026-02-02T00:00:00.000Z',
});
const list = (...items: Note[]) => ({ items, at: 10 });
const bodies = (...given: Parameters<typeof overlay<'notes'>>) =>
  overlay(...given).map(({ item, unsaved }) => `${item.id} ${item.body}${unsaved ? ' *' : ''}`);

describe('what is shown of a list', () => {
  it.each<[string, Parameters<typeof overlay<'notes'>>, string[]]>([
    ['as it came', ['notes', list(note('a', 'one')), [], []], ['a one']],
    [
      'what was confirmed after it was asked for',
      ['notes', list(note('a', 'one')), [heard('a', note('a', 'two'), 11)], []],
      ['a two'],
    ],
    [
      'not what was confirmed before: the list knows that, and perhaps more',
      ['notes', list(note('a', 'three')), [heard('a', note('a', 'two'), 9)], []],
      ['a three'],
    ],
    [
      'nothing that was deleted since',
      ['notes', list(note('a', 'one')), [heard('a', null, 11)], []],
      [],
    ],
    [
      'what was made since, at the end',
      ['notes', list(note('a', 'one')), [heard('b', note('b', 'new'), 11)], []],
      ['a one', 'b new'],
    ],
    [
      'what is unsent over all of it, the last word last',
      [
        'notes',
        list(note('a', 'one')),
        [heard('a', note('a', 'two'), 11)],
        [change(5, 'a', 'three'), change(6, 'a', 'four'), change(7, 'c', 'new')],
      ],
      ['a four *', 'c new *'],
    ],
    [
      'an unsent deletion, and what was brought back',
      [
        'notes',
        list(note('a', 'one'), note('b', 'two')),
        [],
        [change(5, 'a', null), change(6, 'b', null), change(7, 'b', 'back')],
      ],
      ['b back *'],
    ],
    [
      'nothing of other kinds',
      ['notes', list(), [], [{ ...change(5, 'a', 'x'), kind: 'bookmarks' }]],
      [],
    ],
  ])('%s', (_name, given, expected) => expect(bodies(...given)).toEqual(expected));

  it('says what a further change is based on', () => {
    const [kept, unsent] = overlay(
      'notes',
      list(note('a', 'one', 42)),
      [],
      [change(5, 'b', 'new')],
    );
    expect([kept?.base, unsent?.base]).toEqual([42, { after: 'key-5' }]);
  });

  it('keeps what a text names as long as the text is the same', () => {
    const before = list(note('a', 'Alma 32'));
    const mentions = (body: string) =>
      overlay('notes', before, [], [change(5, 'a', body)])[0]?.item.mentions.length;
    expect([mentions('Alma 32'), mentions('Alma 33')]).toEqual([1, 0]);
  });
});

it('sends a thing again without what the server adds', () => {
  const { createdAt, body, tags } = note('a', 'one');
  expect(inputOf<'notes'>(note('a', 'one'))).toEqual({ createdAt, body, tags });
  const bookmark: Bookmark = {
    id: 'b',
    version: 1,
    createdAt,
    updatedAt: createdAt,
    passage: 'alma.32.21',
    tags: [],
  };
  expect(inputOf<'bookmarks'>(bookmark)).toEqual({ createdAt, passage: 'alma.32.21', tags: [] });
});
