import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
import {
  DeleteObjectCommand,
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeInfra } from '../infra/infra.change.ts';
import { findInfra } from '../infra/infra.environment.ts';
import { makePlan, openTerraform } from '../infra/infra.plan.ts';
import { InfraProvider } from '../recovery/infra.provider.ts';
import { noEmulator } from '../testing/emulator.ts';
import { cloud, leftOvers, secretOf } from './cloud.reader.ts';
import { copyForEmulator } from './emulated.copy.ts';
import { forgotten, idle, refused, unreadable } from './emulator.faults.ts';
import { failedAddresses } from './failed.addresses.ts';
import { misconfigurations } from './misconfigurations.ts';

const reason =
  noEmulator ?? (spawnSync('terraform', ['version']).status === 0 ? undefined : 'needs terraform');
if (reason !== undefined) console.warn(`SKIPPED: bootstrap and staging on an emulator: ${reason}.`);

const handedOver = {
  TF_VAR_smtp_url: 'smtps://user:handed-over-password@mail.example',
  TF_VAR_backup_signing_keys: 'handed-over-signing-key',
  TF_VAR_backup_age_identities: 'handed-over-identity',
};
const NAME = 'gospelib-staging';

/** From an empty account to staging, as docs/operations/infrastructure.md has it; then broken, mended, destroyed. */
describe.skipIf(reason !== undefined)('an account of an emulator', () => {
  let root: string;
  const env = { ...process.env, ...handedOver };
  const options = () => ({ root, env });
  const staging = () => findInfra(root, 'staging');
  const said: string[] = [];
  /** Addresses of what the emulator did not make. */
  const failures: string[] = [];
  const change = (more: object = {}) =>
    changeInfra(staging(), {
      ...options(),
      acceptLoss: [],
      confirmed: 'staging',
      say: (line) => said.push(line),
      ...more,
    });
  const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(0)} s`;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'gospelib-emulated-'));
    copyForEmulator(resolve(import.meta.dirname, '../../../..'), root);
    const file = join(staging().folder, 'settings.auto.tfvars.json');
    const settings = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...settings, data_destroyed_at_once: true }));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  const expectRefused = (addresses: readonly string[]) =>
    expect(
      addresses.filter((address) => !refused.some((fault) => fault.address.test(address))),
    ).toEqual([]);

  test('bootstrap makes the bucket of the state, and hands itself over to it', async () => {
    const { folder } = findInfra(root, 'bootstrap');
    const local = join(folder, 'local_override.tf');
    const s3 = join(folder, 'backend_override.tf');
    const backend = readFileSync(s3, 'utf8');
    rmSync(s3);
    writeFileSync(local, 'terraform {\n  backend "local" {}\n}\n');
    const bootstrap = findInfra(root, 'bootstrap');
    const { terraform, file } = await makePlan(bootstrap, options());
    const failed = await terraform
      .run(['apply', '-input=false', file])
      .then(() => [], failedAddresses);
    failures.push(...failed);
    expectRefused(failed);
    const before = await terraform.run(['state', 'list']);
    rmSync(local);
    writeFileSync(s3, backend);
    await terraform.run(['init', '-input=false', '-migrate-state', '-force-copy']);
    expect(await (await openTerraform(bootstrap, options())).run(['state', 'list'])).toBe(before);
    expect(before).toContain('aws_route53_zone.this');
  });

  test('another account is refused before anything is planned', async () => {
    await expect(
      changeInfra(
        { ...staging(), account: '000000000000' },
        { ...options(), acceptLoss: [], confirmed: 'staging', say: () => {} },
      ),
    ).rejects.toThrow(
      'staging belongs to account 000000000000; these credentials are of 123456789012',
    );
  });

  test('what is handed over has to be there, and the name of the environment too', async () => {
    await expect(change({ env: process.env })).rejects.toThrow('TF_VAR_smtp_url');
    await expect(change({ confirmed: 'production' })).rejects.toThrow('--confirm staging');
  });

  test('staging is applied, all but what the emulator refuses', async () => {
    const start = performance.now();
    const failed = await change().then(() => [], failedAddresses);
    console.log(`staging applied after ${seconds(start)}`);
    failures.push(...failed);
    expectRefused(failed);
  });

  test('what the emulator answers wrongly is taken out of the state', async () => {
    const terraform = await openTerraform(staging(), options());
    const known = (await terraform.run(['state', 'list'])).split('\n');
    expect(unreadable.filter((address) => !known.includes(address))).toEqual([]);
    await terraform.run(['state', 'rm', ...unreadable]);
    await expect(makePlan(staging(), options())).resolves.toBeDefined();
  });

  test('the database is private, encrypted, kept for 35 days', async () => {
    const { DBInstances = [] } = await cloud.rds.send(
      new DescribeDBInstancesCommand({ DBInstanceIdentifier: NAME }),
    );
    expect(DBInstances).toMatchObject([
      {
        PubliclyAccessible: false,
        StorageEncrypted: true,
        BackupRetentionPeriod: 35,
        Engine: 'postgres',
        DBInstanceClass: 'db.t3.micro',
      },
    ]);
  });

  test.each(['gospelib-terraform-state', `${NAME}-backups`])(
    'bucket %s is private, encrypted, versioned',
    async (Bucket) => {
      const [
        { Status },
        { PublicAccessBlockConfiguration },
        { ServerSideEncryptionConfiguration },
      ] = await Promise.all([
        cloud.s3.send(new GetBucketVersioningCommand({ Bucket })),
        cloud.s3.send(new GetPublicAccessBlockCommand({ Bucket })),
        cloud.s3.send(new GetBucketEncryptionCommand({ Bucket })),
      ]);
      expect(Status).toBe('Enabled');
      expect(Object.values(PublicAccessBlockConfiguration ?? {})).toEqual([true, true, true, true]);
      expect(ServerSideEncryptionConfiguration?.Rules).toMatchObject([
        { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } },
      ]);
    },
  );

  test('pods get their secrets, and none of them is in the state', async () => {
    const postgresql = await secretOf('gospelib/staging/postgresql');
    expect(postgresql).toMatchObject({
      host: expect.stringMatching(/./),
      'owner-password': expect.stringMatching(/^[A-Za-z0-9]{48}$/),
    });
    const all = [
      ...Object.entries(postgresql)
        .filter(([name]) => name !== 'host')
        .map(([, value]) => value),
      ...Object.values(await secretOf('gospelib/staging/accounts')),
      ...Object.values(await secretOf('gospelib/staging/backups')),
      ...Object.values(await secretOf('gospelib/staging/redis')),
    ];
    expect(all).toContain('handed-over-signing-key');
    const state = await (await openTerraform(staging(), options())).run(['state', 'pull']);
    expect(state).toContain('aws_db_instance');
    expect(all.filter((value) => state.includes(value))).toEqual([]);
  });

  test('a second plan finds what the emulator forgets, and nothing else', async () => {
    const { explained } = await makePlan(staging(), options());
    const found = explained.changes.map(({ address }) => address);
    const known = [...refused, ...forgotten];
    expect(
      found.filter(
        (address) =>
          !unreadable.includes(address) && !known.some((fault) => fault.address.test(address)),
      ),
    ).toEqual([]);
    expect(idle(forgotten, found), 'faults that the emulator no longer has').toEqual([]);
  });

  test('what the emulator refuses it still refuses', () => {
    expect(idle(refused, failures), 'faults that the emulator no longer has').toEqual([]);
  });

  describe('recovery', () => {
    const isForgotten = (address: string) => forgotten.some((fault) => fault.address.test(address));
    /** Sees what begins with one of these, and nothing of what the emulator alone has otherwise. */
    const provider = (...targets: readonly string[]) =>
      new InfraProvider(staging(), {
        ...options(),
        ignores: (address) => !targets.some((target) => address.startsWith(target)),
      });

    test.each(misconfigurations)(
      '$kind: found, put back by what git says, read back',
      async ({ kind, target, make, isMended }) => {
        await make();
        expect(await isMended()).toBe(false);
        const start = performance.now();
        const { drifted, state } = await provider(target).look();
        const found = seconds(start);
        expect(state).toBeUndefined();
        expect(drifted).toMatchObject([
          { kind, address: expect.stringContaining(target), says: expect.stringContaining(':') },
        ]);
        await provider(target).mend(drifted.map(({ address }) => address));
        expect(await isMended()).toBe(true);
        console.log(`${kind}: found after ${found}, mended and read back after ${seconds(start)}`);
        const left = (await provider(target).look()).drifted;
        expect(left.filter(({ address }) => !isForgotten(address))).toEqual([]);
      },
    );

    test('what would lose something is refused, and nothing is changed', async () => {
      const replaced = provider().mend(['module.cluster.aws_instance.node']);
      await expect(replaced).rejects.toThrow('--accept-loss');
    });

    test('a state that was deleted is put back', async () => {
      const { bucket: Bucket, key: Key } = staging().state;
      await cloud.s3.send(new DeleteObjectCommand({ Bucket, Key }));
      const start = performance.now();
      const lasting = misconfigurations
        .map(({ target }) => target)
        .filter((target) => !isForgotten(target));
      const { state } = await provider(...lasting).look();
      expect(state?.says).toContain('was deleted');
      const said = await provider(...lasting).restoreState(state?.restore ?? '');
      expect(said).toContain('the plan is empty');
      console.log(`state of staging lost: empty plan after ${seconds(start)}`);
    });
  });

  test('it is destroyed with a consent, and nothing is left', async () => {
    await expect(change({ args: ['-destroy'] })).rejects.toThrow('--accept-loss');
    await change({ args: ['-destroy'], acceptAll: true });
    expect(await leftOvers('staging')).toEqual([]);
  });
});
