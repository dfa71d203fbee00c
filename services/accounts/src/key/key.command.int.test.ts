import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compileCache } from '@gospelib/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../testing/harness.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

function run(script: string, args: readonly string[], more: Record<string, string> = {}) {
  const { config } = harness;
  const path = fileURLToPath(new URL(`../${script}`, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
    encoding: 'utf8',
    env: {
      ...compileCache,
      PORT: '26001',
      DATABASE_URL: config.DATABASE_URL,
      PUBLIC_URL: config.PUBLIC_URL,
      AUTH_SECRETS: config.AUTH_SECRETS.map(({ version, value }) => `${version}:${value}`).join(),
      INTERNAL_SECRET: config.INTERNAL_SECRET,
      MAIL_OUTBOX_DIR: 'unused',
      ...more,
    },
  });
  return { status, stdout, stderr };
}

describe('the job of the keys', () => {
  it('shows, rotates and replaces them', () => {
    const [first] = JSON.parse(run('keys.main.ts', ['status']).stdout).keys;
    expect(Object.keys(first)).toEqual(['id', 'createdAt', 'activatesAt']);
    const rotated = JSON.parse(run('keys.main.ts', ['rotate']).stdout);
    expect(rotated).toEqual({ added: [expect.any(String)], removed: [] });
    const replaced = JSON.parse(run('keys.main.ts', ['replace']).stdout);
    expect(replaced.removed.sort()).toEqual([first.id, ...rotated.added].sort());
  });

  it('exits with 2 when it is used wrongly', () => {
    for (const args of [[], ['destroy'], ['rotate', 'now']]) {
      expect(run('keys.main.ts', args)).toMatchObject({ status: 2, stdout: '' });
    }
  });
});

describe('the job of the migrations', () => {
  const owner = () => ({ MIGRATION_DATABASE_URL: harness.ownerUrl });

  it('shows where a schema stands, and finds nothing to do', () => {
    const status = run('migrate.main.ts', ['status', '--json'], owner());
    const { schema, migrations } = JSON.parse(status.stdout);
    expect(schema).toBe('accounts');
    expect(migrations.every(({ state }: { state: string }) => state === 'applied')).toBe(true);
    const dry = run('migrate.main.ts', ['migrate', '--dry-run', '--json'], owner());
    expect(JSON.parse(dry.stdout)).toEqual({
      schema: 'accounts',
      direction: 'up',
      dryRun: true,
      migrations: [],
    });
  });

  it('says in words and by its exit code what is wrong', () => {
    const lossy = run('migrate.main.ts', ['rollback', '--to', '0'], owner());
    expect(lossy.status).toBe(1);
    expect(lossy.stderr).toContain('loses every account');
    const json = run('migrate.main.ts', ['rollback', '--to', '0', '--json'], owner());
    expect(JSON.parse(json.stdout)).toMatchObject({ error: 'DataLossError' });
    for (const args of [[], ['rollback'], ['migrate', '--to', '0'], ['status', '--force']]) {
      expect(run('migrate.main.ts', args, owner()).status).toBe(2);
    }
    expect(run('migrate.main.ts', ['status']).stderr).toContain('MIGRATION_DATABASE_URL');
  });
});
