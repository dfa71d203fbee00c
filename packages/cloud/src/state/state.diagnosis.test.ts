import { expect, test } from 'vitest';
import { diagnoseState } from './state.diagnosis.ts';
import { parseState, type StateVersion } from './state.store.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 28, 12, minute));
const version = (
  id: string,
  minute: number,
  serial: number | undefined,
  more: Partial<StateVersion> = {},
): StateVersion => ({
  id,
  at: at(minute),
  current: false,
  deleted: false,
  ...(serial !== undefined && { content: { serial, lineage: 'a', resources: 100 } }),
  ...more,
});
const current = { current: true };

test.each<[string, StateVersion[], string | undefined, string | undefined]>([
  ['the newest one', [version('v2', 2, 8, current), version('v1', 1, 7)], undefined, undefined],
  ['nothing at all', [], 'never-there', undefined],
  [
    'a mark of deletion',
    [version('d', 3, undefined, { ...current, deleted: true }), version('v1', 1, 7)],
    'lost',
    'v1',
  ],
  ['all versions but old ones gone', [version('v1', 1, 7)], 'lost', 'v1'],
  [
    'no JSON',
    [version('v3', 3, undefined, current), version('v2', 2, 8), version('v1', 1, 7)],
    'corrupted',
    'v2',
  ],
  [
    'an older one put back',
    [version('v3', 3, 7, current), version('v2', 2, 8), version('v1', 1, 7)],
    'older',
    'v2',
  ],
  [
    'one of another beginning',
    [
      version('v3', 3, undefined, {
        ...current,
        content: { serial: 1, lineage: 'b', resources: 0 },
      }),
      version('v2', 2, 8),
    ],
    'another-lineage',
    'v2',
  ],
  ['nothing but rubbish', [version('v1', 1, undefined, current)], 'corrupted', undefined],
])('%s', (_what, versions, fault, restore) => {
  expect(diagnoseState(versions)).toMatchObject({ says: expect.stringMatching(/\.$/) });
  expect(diagnoseState(versions).fault).toBe(fault);
  expect(diagnoseState(versions).restore).toBe(restore);
});

test.each([
  [
    '{"version":4,"serial":3,"lineage":"a","resources":[{}]}',
    { serial: 3, lineage: 'a', resources: 1 },
  ],
  ['{"version":4,"serial":3', undefined],
  ['', undefined],
  ['[]', undefined],
])('%s as a state', (text, content) => {
  expect(parseState(text)).toEqual(content);
});
