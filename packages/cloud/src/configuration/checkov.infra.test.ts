import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../../..');
// Its parser leaves a cache in the temporary folder.
const own = mkdtempSync(join(tmpdir(), 'gospelib-checkov-'));
const env = { ...process.env, TMPDIR: own };
const remove = () => rmSync(own, { recursive: true });
afterAll(remove);
const missing = spawnSync('checkov', ['--version'], { env }).status !== 0;
if (missing) {
  remove(); // where nothing runs nothing is called after it
  console.warn(
    'SKIPPED: infra/terraform is not checked by checkov, since it is not on the PATH (pip install checkov==3.3.30).',
  );
}

interface Scan {
  results: {
    passed_checks: unknown[];
    failed_checks: { check_id: string; resource: string }[];
    skipped_checks: {
      check_id: string;
      resource: string;
      check_result: { suppress_comment: string };
    }[];
  };
}

test.skipIf(missing)(
  'checkov finds nothing, and whatever it was told to skip has its reason',
  () => {
    const args = [
      '--directory=infra/terraform',
      '--framework=terraform',
      '--skip-download',
      '--output=json',
      '--soft-fail',
    ];
    const told = execFileSync('checkov', args, {
      cwd: root,
      env,
      encoding: 'utf8',
      maxBuffer: 256e6,
    });
    const { results } = JSON.parse(told) as Scan;
    expect(results.passed_checks.length).toBeGreaterThan(200);
    expect(
      results.failed_checks.map(({ check_id, resource }) => `${check_id} ${resource}`),
    ).toEqual([]);
    const unexplained = results.skipped_checks.filter(
      ({ check_result }) => check_result.suppress_comment.trim().length < 15,
    );
    expect(unexplained.map(({ check_id, resource }) => `${check_id} ${resource}`)).toEqual([]);
  },
);
