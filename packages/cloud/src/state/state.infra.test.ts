import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emulator, noEmulator } from '../emulated/emulator.ts';
import { findInfra, type InfraEnvironment } from '../infra/infra.environment.ts';
import { makePlan } from '../infra/infra.plan.ts';
import { diagnoseState } from './state.diagnosis.ts';
import { restoreState, unlockState } from './state.recover.ts';
import { StateStore } from './state.store.ts';

const reason =
  noEmulator ?? (spawnSync('terraform', ['version']).status === 0 ? undefined : 'needs terraform');
if (reason !== undefined) console.warn(`SKIPPED: recovery of the state ${reason}.`);

const BUCKET = `gospelib-state-${process.pid}`;
const KEY = 'staging/terraform.tfstate';

/** The resources are Terraform's own: what is recovered here is the state, whatever it is about. */
describe.skipIf(reason !== undefined)('the stored state', () => {
  const s3 = new S3Client({
    region: 'us-east-1',
    forcePathStyle: true,
    ...(emulator && { endpoint: emulator }),
  });
  let root: string;
  let infra: InfraEnvironment;
  let store: StateStore;
  const options = () => ({ root, env: process.env });
  const write = (count: number, more = '') =>
    writeFileSync(
      join(infra.folder, 'main.tf'),
      `resource "terraform_data" "this" {\n  count = ${count}\n  input = "a"\n}\n${more}`,
    );
  const apply = async () => {
    const { terraform, file } = await makePlan(infra, options());
    await terraform.run(['apply', '-input=false', file]);
  };
  const diagnose = async () => diagnoseState(await store.versions());
  /** Restores what was proposed, and tells how long it took from the diagnosis to the plan. */
  const recover = async (what: string) => {
    const start = performance.now();
    const { restore = '' } = await diagnose();
    const { pending } = await restoreState(infra, restore, options());
    console.log(`${what}: empty plan after ${((performance.now() - start) / 1000).toFixed(1)} s`);
    return pending;
  };

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'gospelib-state-'));
    const folder = join(root, 'infra/terraform/environments/staging');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'versions.tf'), backend);
    writeFileSync(
      join(folder, 'variables.tf'),
      ['account_id', 'region'].map((name) => `variable "${name}" {\n  type = string\n}\n`).join(''),
    );
    writeFileSync(
      join(folder, 'settings.auto.tfvars.json'),
      '{"account_id": "123456789012", "region": "us-east-1"}',
    );
    infra = findInfra(root, 'staging');
    store = new StateStore(infra, process.env);
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    await s3.send(
      new PutBucketVersioningCommand({
        Bucket: BUCKET,
        VersioningConfiguration: { Status: 'Enabled' },
      }),
    );
  });
  afterAll(() => {
    s3.destroy();
    rmSync(root, { recursive: true });
  });

  test('before the first apply there is none, and that is told apart from a lost one', async () => {
    expect(await diagnose()).toMatchObject({ fault: 'never-there' });
  });

  test('lost: its last version is put back, and the plan is empty', async () => {
    write(2);
    await apply();
    expect((await diagnose()).fault).toBeUndefined();
    await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY }));
    expect(await diagnose()).toMatchObject({ fault: 'lost' });
    expect(await recover('lost')).toBe(0);
    expect((await diagnose()).fault).toBeUndefined();
  });

  test('corrupted: what is no state is replaced, and the plan is empty', async () => {
    await s3.send(
      new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: '{"version": 4, "serial": 9' }),
    );
    await expect(makePlan(infra, options())).rejects.toThrow('./gl infra state versions staging');
    expect(await diagnose()).toMatchObject({ fault: 'corrupted' });
    expect(await recover('corrupted')).toBe(0);
  });

  test('older than the world: the newest one is put back, and the plan is empty', async () => {
    const before = (await store.versions()).find(({ current }) => current)?.id ?? '';
    write(3);
    await apply();
    await store.restore(before);
    expect(await diagnose()).toMatchObject({ fault: 'older' });
    expect(await recover('older')).toBe(0);
  });

  test('an older one that is put back on purpose is told with what it does not know', async () => {
    write(4);
    const before = (await store.versions()).find(({ current }) => current)?.id ?? '';
    await apply();
    const { pending, explained } = await restoreState(infra, before, options());
    expect([pending, explained.changes]).toMatchObject([
      1,
      [{ address: 'terraform_data.this[3]', kind: 'created' }],
    ]);
    expect(await recover('put back')).toBe(0);
  });

  test('locked by a dead process: the holder is named, nothing is restored, and the lock is given back', async () => {
    write(4, slow);
    const { terraform, file } = await makePlan(infra, options());
    const applying = spawn('terraform', ['apply', '-input=false', file], {
      cwd: terraform.folder,
      env: { ...process.env, TF_DATA_DIR: join(root, '.gl/infra/staging/terraform') },
      detached: true,
      stdio: 'ignore',
    });
    await expect
      .poll(() => store.lock(), { timeout: 60_000 })
      .toMatchObject({ operation: 'OperationTypeApply' });
    process.kill(-(applying.pid as number), 'SIGKILL');
    const lock = await store.lock();
    await expect(makePlan(infra, options())).rejects.toThrow('./gl infra state unlock staging');
    const [current] = await store.versions();
    await expect(restoreState(infra, current?.id ?? '', options())).rejects.toThrow(
      `is held by ${lock?.who}`,
    );
    const start = performance.now();
    await unlockState(infra, lock?.id ?? '', options());
    write(4);
    expect((await makePlan(infra, options())).explained.changes).toEqual([]);
    console.log(`locked: empty plan after ${((performance.now() - start) / 1000).toFixed(1)} s`);
    expect(await store.lock()).toBeUndefined();
  });
});

const slow = `
resource "terraform_data" "slow" {
  provisioner "local-exec" {
    command = "sleep 60"
  }
}
`;

const backend = `
terraform {
  backend "s3" {
    bucket                      = "${BUCKET}"
    key                         = "${KEY}"
    region                      = "us-east-1"
    encrypt                     = true
    use_lockfile                = true
    use_path_style              = true
    skip_credentials_validation = true
    skip_metadata_api_check     = true
    skip_region_validation      = true
    skip_requesting_account_id  = true
  }
}
`;
