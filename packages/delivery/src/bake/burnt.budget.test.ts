import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBurntBudget } from './burnt.budget.ts';

let said: unknown;
const prometheus = createServer((_, response) => response.end(JSON.stringify(said)));
beforeAll(() => new Promise<void>((done) => prometheus.listen(0, '127.0.0.1', done)));
afterAll(() => void prometheus.close());
const ask = () => findBurntBudget(`http://127.0.0.1:${(prometheus.address() as AddressInfo).port}`);

const alert = (alertname: string, severity: string, state = 'firing') => ({
  state,
  labels: { alertname, severity },
});

test('what wakes somebody breaks a bake; what waits, or does not fire yet, does not', async () => {
  const quiet = [alert('ReadersWait', 'ticket'), alert('ReadersWait', 'page', 'pending')];
  said = { status: 'success', data: { alerts: quiet } };
  expect(await ask()).toBeUndefined();
  const loud = [alert('ReadersWait', 'page'), alert('ReadersGetErrors', 'page')];
  said = { status: 'success', data: { alerts: [...quiet, ...loud] } };
  expect(await ask()).toBe('alerts: ReadersGetErrors, ReadersWait');
});

test('a Prometheus that does not tell is not taken for a quiet one', async () => {
  said = { status: 'error' };
  await expect(ask()).rejects.toThrow('Prometheus does not tell its alerts');
});
