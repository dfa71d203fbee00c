import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasSucceeded, lastSuccess } from '../github/github.client.ts';
import { type Approval, judgeApproval, readApproval } from './run.approval.ts';

const commit = 'c'.repeat(40);
const approval = (login: string, state = 'approved', environment = 'production') => ({
  state,
  comment: 'go',
  user: { login },
  environments: [{ name: environment }],
});
const reviewed = (prevent: boolean) => ({
  protection_rules: [{ type: 'required_reviewers', prevent_self_review: prevent }],
});

/** GitHub, as far as it is asked: what each address answers. */
const answers = new Map<string, unknown>();
const github = createServer((request, response) => {
  const [path = ''] = (request.url ?? '').split('?');
  const answer = answers.get(path.replace('/repos/o/r', ''));
  const isKnown = request.headers.authorization === 'Bearer t' && answer !== undefined;
  response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(isKnown ? answer : { message: 'Not Found' }));
});
beforeAll(() => new Promise<void>((done) => github.listen(0, '127.0.0.1', done)));
afterAll(() => void github.close());
const access = () => ({
  api: `http://127.0.0.1:${(github.address() as AddressInfo).port}`,
  repository: 'o/r',
  token: 't',
});

async function approve(
  given: readonly object[],
  prevent: boolean,
  sha = commit,
): Promise<Approval> {
  answers.set('/actions/runs/7/approvals', given);
  answers.set('/actions/runs/7', { head_sha: sha, triggering_actor: { login: 'ann' } });
  answers.set('/environments/production', reviewed(prevent));
  return judgeApproval(await readApproval(access(), 'production', '7'), 'production', commit);
}

test('an approval of this run counts; one of one’s own only where the settings allow it, and it is told', async () => {
  expect(await approve([approval('ann'), approval('bob')], true)).toEqual({
    by: 'bob',
    isOwn: false,
    comment: 'go',
  });
  expect(await approve([approval('ann')], false)).toMatchObject({ by: 'ann', isOwn: true });
  await expect(approve([approval('ann')], true)).rejects.toThrow('wants somebody else');
});

test.each<[string, object[], string | undefined, string]>([
  ['none', [], undefined, 'Nobody has agreed'],
  ['one of another environment', [approval('bob', 'approved', 'staging')], undefined, 'Nobody'],
  ['a rejection beside it', [approval('bob'), approval('cid', 'rejected')], undefined, 'rejected'],
  ['one of the run of another commit', [approval('bob')], 'd'.repeat(40), 'This run is of d'],
])('%s is no approval', async (_, given, sha, why) => {
  await expect(approve(given, true, sha ?? commit)).rejects.toThrow(why);
});

test('an environment that asks nobody, and a GitHub that knows nothing, approve nothing', async () => {
  const facts = {
    approvals: [],
    run: { head_sha: commit, triggering_actor: { login: 'a' } },
    rules: [],
  };
  expect(() => judgeApproval(facts, 'production', commit)).toThrow('asks no reviewer');
  await expect(readApproval(access(), 'production', '8')).rejects.toThrow('answered 404');
});

test('a success is that of exactly the commit that is asked about', async () => {
  answers.set('/actions/workflows/ci.yml/runs', { workflow_runs: [{ head_sha: commit }] });
  expect(await lastSuccess(access(), 'ci.yml', 'stage')).toBe(commit);
  expect(await hasSucceeded(access(), 'ci.yml', commit)).toBe(true);
  expect(await hasSucceeded(access(), 'ci.yml', 'd'.repeat(40))).toBe(false);
  answers.set('/actions/workflows/ci.yml/runs', { workflow_runs: [] });
  expect(await lastSuccess(access(), 'ci.yml', 'stage')).toBeUndefined();
});
