import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const sources = resolve(import.meta.dirname, '../../../../infra/terraform');
const missing = spawnSync('tflint', ['--version']).status !== 0;
if (missing)
  console.warn(
    'SKIPPED: infra/terraform is not checked by tflint, since it is not on the PATH (go install github.com/terraform-linters/tflint@v0.64.0).',
  );

describe.skipIf(missing)('tflint', () => {
  let copy: string;
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'gospelib-tflint-'));
    cpSync(sources, copy, { recursive: true, filter: (path) => !path.includes('/.terraform') });
  });
  afterAll(() => rmSync(copy, { recursive: true }));

  /** Rules that are broken, as `rule file`. */
  function broken(): readonly string[] {
    const config = join(copy, '.tflint.hcl');
    const args = [`--chdir=${copy}`, '--recursive', `--config=${config}`, '--format=json'];
    const { stdout, stderr } = spawnSync('tflint', args, { encoding: 'utf8' });
    expect(stderr).toBe('');
    const { issues, errors }: Report = JSON.parse(stdout);
    expect(errors).toEqual([]);
    return issues.map(({ rule, range }) => `${rule.name} ${range.filename}`);
  }

  test('finds nothing', () => {
    expect(broken()).toEqual([]);
  });

  test('would find a variable that nobody uses, in any module', () => {
    writeFileSync(
      join(copy, 'modules/rds/planted.tf'),
      'variable "planted" {\n  description = "Planted."\n  type        = string\n}\n',
    );
    const planted = /^terraform_unused_declarations .*modules\/rds\/planted\.tf$/;
    expect(broken()).toContainEqual(expect.stringMatching(planted));
  });
});

interface Report {
  issues: { rule: { name: string }; range: { filename: string } }[];
  errors: unknown[];
}
