import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepDraft, readDraft } from './note.draft.ts';

const editing = { note: undefined, passage: 'alma.32.21', reference: 'Alma 32:21' } as never;
const key = 'gospelib.draft.account.alma.32.21';
let stored: Map<string, string>;

beforeEach(() => {
  stored = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => stored.set(name, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

it.each([7, 'absent' as const, { after: 'a-key' }])('is read again with its base %j', (base) => {
  keepDraft('account', editing, { body: 'text', tags: 'faith', base });
  expect(readDraft('account', editing)).toEqual({ body: 'text', tags: 'faith', base });
});

it.each([
  '{',
  'null',
  '{"body":"text","tags":"faith"}',
  '{"body":1,"tags":"faith","base":7}',
  '{"body":"text","tags":"faith","base":"7"}',
  '{"body":"text","tags":"faith","base":{"before":"x"}}',
])('%s is no draft', (text) => {
  stored.set(key, text);
  expect(readDraft('account', editing)).toBeUndefined();
});
