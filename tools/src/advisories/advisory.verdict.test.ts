import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLockfile } from './advisory.audit.ts';
import {
  type AcceptedAdvisories,
  acceptedAdvisories,
  judgeAdvisories,
} from './advisory.verdict.ts';

const root = join(import.meta.dirname, '../../..');
const TODAY = '2026-11-28';

/** As the registry of npm answers. */
const [HIGH, LOW] = ['GHSA-aaaa-aaaa-aaaa', 'GHSA-bbbb-bbbb-bbbb'];
const advisory = (id: string, severity: string) => ({
  ...{ id: severity.length, url: `https://github.com/advisories/${id}`, title: `Is ${severity}` },
  ...{ severity, vulnerable_versions: '>=0.0.1', cwe: [], cvss: { score: 1, vectorString: null } },
});
const answers: Record<string, [status: number, body: string]> = {
  '/bad': [200, JSON.stringify({ vitest: [advisory(HIGH, 'high'), advisory(LOW, 'low')] })],
  '/fine': [200, '{}'],
  '/refuses': [405, ''],
  '/nonsense': [200, '<html>'],
};

let registry: Server;
let address: string;
beforeAll(async () => {
  registry = createServer((request, response) => {
    const path = Object.keys(answers).find((one) => request.url?.startsWith(one)) ?? '';
    const [status, body] = answers[path] ?? [404, ''];
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
});
afterAll(() => registry.close());

const judge = async (path: string, accepted: AcceptedAdvisories = []) =>
  judgeAdvisories(await auditLockfile(root, `${address}${path}/`), accepted, TODAY);
const accept = (id: string, expires = '2026-12-31') => ({
  ...{ id, expires, decided: '2026-11-01' },
  reason: 'Its parser is never given what came from outside.',
});

test('a high advisory of a package in the lockfile is refused, a low one is listed', async () => {
  const { failures, notes } = await judge('/bad');
  expect(failures).toEqual([expect.stringMatching(/^high: vitest >=0\.0\.1 .*Is high, GHSA-aaaa/)]);
  expect(notes).toEqual([expect.stringMatching(/^low: vitest .*GHSA-bbbb/)]);
});

test('what is accepted is not refused until that day is over', async () => {
  expect((await judge('/bad', [accept(HIGH, TODAY)])).failures).toEqual([]);
  expect((await judge('/bad', [accept(HIGH, '2026-11-27')])).failures).toEqual([
    `${HIGH} was accepted until 2026-11-27: decide anew, or update.`,
  ]);
});

test('an accepted advisory that concerns nothing is refused', async () => {
  expect(await judge('/fine')).toEqual({ failures: [], notes: [] });
  expect((await judge('/fine', [accept(HIGH)])).failures).toEqual([
    `${HIGH} is accepted and concerns no package: remove it.`,
  ]);
});

test.each([
  ['/refuses', /^unchecked, because: .*responded with 405/],
  ['/nonsense', /^unchecked, because: .*returned invalid JSON/],
])('a registry that does not answer (%s) is told, and ends no acceptance', async (path, says) => {
  const { failures, notes } = await judge(path, [accept(HIGH, '2026-11-27'), accept(LOW)]);
  expect(notes).toEqual([expect.stringMatching(says)]);
  expect(failures).toEqual([expect.stringContaining('accepted until 2026-11-27')]);
});

test('without a lockfile nothing was asked, and nothing passes', async () => {
  await expect(auditLockfile(import.meta.dirname, address)).rejects.toThrow('pnpm audit failed');
});

test('an entry needs a reason and an end', () => {
  expect(acceptedAdvisories.safeParse([accept(HIGH)]).success).toBe(true);
  for (const change of [{ reason: 'later' }, { expires: undefined }, { expires: 'never' }]) {
    expect(acceptedAdvisories.safeParse([{ ...accept(HIGH), ...change }]).success).toBe(false);
  }
});
