import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireConsent } from '../plan/plan.consent.ts';
import { findDrift } from './infra.drift.ts';
import { findInfra, type InfraEnvironment } from './infra.environment.ts';
import { makePlan } from './infra.plan.ts';

/** With resources that Terraform itself brings: no provider, no account, a state in a file. */
const missing = spawnSync('terraform', ['version']).status !== 0;
if (missing) console.warn('SKIPPED: plans of terraform itself, since terraform is missing.');

describe.skipIf(missing)('terraform itself', () => {
  let root: string;
  let infra: InfraEnvironment;
  const write = (content: string) =>
    writeFileSync(
      join(infra.folder, 'main.tf'),
      `resource "terraform_data" "this" {\n${content}\n}\n`,
    );
  const plan = (...args: string[]) => makePlan(infra, { root, env: process.env, args });

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'gospelib-infra-'));
    const folder = join(root, 'infra/terraform/environments/staging');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'versions.tf'),
      'terraform {\n  backend "s3" {\n    bucket = "b"\n    key = "k"\n  }\n}\n',
    );
    writeFileSync(join(folder, 'local_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
    writeFileSync(
      join(folder, 'settings.auto.tfvars.json'),
      '{"account_id": "123456789012", "region": "us-east-1"}',
    );
    writeFileSync(
      join(folder, 'variables.tf'),
      ['account_id', 'region'].map((name) => `variable "${name}" {\n  type = string\n}\n`).join(''),
    );
    infra = findInfra(root, 'staging');
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test('what is planned is what is applied; then nothing is left to do, and nothing drifts', async () => {
    write('input = "a"');
    const { terraform, file, explained } = await plan();
    expect(explained.changes).toMatchObject([{ address: 'terraform_data.this', kind: 'created' }]);
    await terraform.run(['apply', '-input=false', file]);
    expect((await plan()).explained.changes).toEqual([]);
    expect(await findDrift(infra, { root, env: process.env })).toEqual({
      drifted: [],
      pending: false,
    });
  });

  test('a change, a replacement and a destruction are told apart', async () => {
    write('input = "b"');
    expect((await plan()).explained.changes).toMatchObject([
      { kind: 'changed', details: ['input a → b'] },
    ]);
    write('input = "a"\ntriggers_replace = "now"');
    expect((await plan()).explained.changes).toMatchObject([
      { kind: 'replaced', details: ['triggers_replace nothing → now (forces replacement)'] },
    ]);
    const { explained } = await plan('-destroy');
    expect(explained.changes).toMatchObject([{ kind: 'destroyed' }]);
    expect(() => requireConsent(explained, [])).not.toThrow();
  });

  test('a configuration that is wrong is told in Terraform’s own words', async () => {
    write('inputt = "a"');
    await expect(plan()).rejects.toThrow(
      /terraform plan failed for staging:[\s\S]*Unsupported argument/,
    );
  });
});
