import { expect, test } from 'vitest';
import { openReleaseProbe } from './release.probe.ts';

/** Probes that answer what they are told to, count, and a clock that is held. */
function open(answers: { read?: string; write?: string; burnt?: string | Error }) {
  const state = { ...answers, at: 0, written: 0 };
  const probes = {
    read: async () => state.read,
    write: async () => {
      state.written += 1;
      return state.write;
    },
    burnt: async () => {
      if (state.burnt instanceof Error) throw state.burnt;
      return state.burnt;
    },
  };
  return { state, probe: openReleaseProbe(probes, () => state.at) };
}

test('each look reads, and one a minute writes', async () => {
  const { state, probe } = open({});
  const look = await probe;
  for (state.at = 0; state.at < 120_000; state.at += 1_000) expect(await look()).toBeUndefined();
  expect(state.written).toBe(2);
  state.read = 'status 500';
  expect(await look()).toBe('status 500');
});

test('what cannot be written is tried again at the next look, so that it counts in a row', async () => {
  const { state, probe } = open({ write: 'a note is written (status 500)' });
  const look = await probe;
  for (state.at = 0; state.at < 3_000; state.at += 1_000) {
    expect(await look()).toContain('a note is written');
  }
});

test('an error budget that burnt before says nothing against the release, another one does', async () => {
  const { state, probe } = open({ burnt: 'alerts: ReadersWait' });
  const look = await probe;
  expect(await look()).toBeUndefined();
  state.burnt = 'alerts: ReadersGetErrors, ReadersWait';
  expect(await look()).toBeUndefined();
  state.at += 15_000;
  expect(await look()).toBe(state.burnt);
  expect(await look()).toBe(state.burnt);
  state.burnt = new Error('away');
  expect(await look()).toBeUndefined();
});

test('who is to tell of error budgets has to answer before anything is released', async () => {
  await expect(open({ burnt: new Error('away') }).probe).rejects.toThrow('away');
});
