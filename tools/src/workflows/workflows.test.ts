import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '../../..');
const folder = join(root, '.github/workflows');
const files = readdirSync(folder);

interface Step {
  uses?: string;
  with?: Record<string, unknown>;
  id?: string;
  if?: string;
  run?: string;
  env?: Record<string, string>;
}
interface Workflow {
  on: Record<string, { 'paths-ignore'?: string[] } | null>;
  permissions: object;
  concurrency?: { 'cancel-in-progress': unknown };
  jobs: Record<string, { steps?: Step[]; permissions?: object; 'timeout-minutes'?: number }>;
}

const texts = new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
const workflows = [...texts].map(([file, text]) => [file, parse(text) as Workflow, text] as const);

describe.each(workflows)('%s', (file, { on, permissions, concurrency, jobs }, text) => {
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);

  test('has no right but what a job asks for, and a job asks for its own', () => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) expect(job.permissions).toBeDefined();
  });

  test('takes each action at one commit, whose version it tells', () => {
    const lines = text.split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
    const foreign = lines.filter((line) => !line.includes('uses: ./'));
    for (const line of foreign) {
      expect(line).toMatch(/uses: [\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
    expect(new Set(foreign.map((line) => line.replace(/.*uses: /, ''))).size).toBe(
      new Set(foreign.map((line) => /uses: ([^@]+)/.exec(line)?.[1])).size,
    );
  });

  test('leaves no credentials in the clone', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    for (const { with: how } of checkouts) expect(how?.['persist-credentials']).toBe(false);
  });

  test('never ends a deployment that is under way', () => {
    if ('workflow_call' in on) return;
    const cancels = concurrency?.['cancel-in-progress'];
    if (file === 'ci.yml') expect(cancels).toBe(`\${{ github.event_name == 'pull_request' }}`);
    else expect(cancels).toBe(false);
  });

  test('is not started by a bump of digests, nor silenced for a tag', () => {
    expect(text).not.toMatch(/skip ci|skip-checks/);
    const { push } = on;
    // Who writes digests to production’s branch by hand is to be found.
    if (push == null || 'tags' in push || file === 'production-branch.yml') return;
    expect(push['paths-ignore']).toContain('infra/k8s/overlays/*/images/**');
  });
});

test('the same action has the same commit everywhere', () => {
  const all = [...texts.values()].flatMap(
    (text) => text.match(/uses: [^.\s]\S+@[0-9a-f]{40}/g) ?? [],
  );
  expect(all.length).toBeGreaterThan(10);
  const actions = new Set(all.map((one) => one.split('@')[0]));
  expect(new Set(all).size).toBe(actions.size);
});

test('who pushes images sends their maps to Sentry, built from the same commit, where there is one', () => {
  const pushing = workflows.flatMap(([, { jobs }]) =>
    Object.values(jobs).flatMap(({ steps = [] }) =>
      steps.some(({ id }) => id === 'ship') ? [steps] : [],
    ),
  );
  expect(pushing.length).toBe(1);
  const steps = pushing[0] ?? [];
  const maps = steps.find(({ run }) => run?.includes('./gl observe sourcemaps'));
  expect(steps.indexOf(maps as Step)).toBeGreaterThan(steps.findIndex(({ id }) => id === 'ship'));
  expect(maps?.if).toContain("vars.SENTRY_ORG != ''");
  expect(maps?.run).toMatch(/targets=build .*&& \.\/gl observe sourcemaps$/);
  expect(Object.keys(maps?.env ?? {}).sort()).toEqual([
    'SENTRY_AUTH_TOKEN',
    'SENTRY_ORG',
    'SENTRY_PROJECT',
    'SENTRY_URL',
  ]);
});

const linters = [
  ['actionlint', ['-no-color']],
  ['zizmor', ['--offline', '--persona=pedantic', '--quiet', folder]],
] as const;

test.each(linters)('%s has nothing to say', (name, args) => {
  const { error, status, stdout, stderr } = spawnSync(name, args, { cwd: root, encoding: 'utf8' });
  if (error !== undefined) {
    console.warn(`SKIPPED: workflows are not looked at by ${name}, which is not on the PATH.`);
    return;
  }
  expect(`${stdout}${status === 0 ? '' : stderr}`.trim()).toMatch(/^$|^No findings/);
  expect(status).toBe(0);
});
