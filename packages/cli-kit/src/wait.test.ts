import { expect, test } from 'vitest';
import { waitUntil } from './wait.ts';

test('asks until there is an answer', async () => {
  let asked = 0;
  const answer = await waitUntil(() => (++asked === 3 ? 'here' : undefined), {
    timeoutMs: 60_000,
    everyMs: 1,
  });
  expect([answer, asked]).toEqual(['here', 3]);
});

test('asks once at least, and gives up in time', async () => {
  let asked = 0;
  const never = () => {
    asked += 1;
    return undefined;
  };
  const answer = await waitUntil(never, { timeoutMs: -1, everyMs: 1 });
  expect([answer, asked]).toEqual([undefined, 1]);
});

test('ends when it is told to', async () => {
  const ended = AbortSignal.abort();
  expect(
    await waitUntil(() => 'here', { timeoutMs: 60_000, everyMs: 1, signal: ended }),
  ).toBeUndefined();
});
