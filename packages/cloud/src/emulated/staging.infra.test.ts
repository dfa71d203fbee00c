import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
import {
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeInfra } from '../infra/infra.change.ts';
import { findInfra } from '../infra/infra.environment.ts';
import { makePlan, openTerraform } from '../infra/infra.plan.ts';
import { rebuildState } from '../rebuild/infra.rebuild.ts';
import { findSurvivors } from '../rebuild/survivors.ts';
import { cloud, leftOvers, secretOf } from './cloud.reader.ts';
import {
  copyStaging,
  type EmulatedStaging,
  forgetUnreadable,
  isFaultOfEmulator,
  knownFailures,
} from './emulated.staging.ts';
import { forgotten, idle, refused, unreadable } from './emulator.faults.ts';
import { emptyEmulator, escrow, noEmulator } from './emulator.ts';
import { infraDrills } from './infra.drills.ts';
import { loseAllButBackups, rebuildEmulated } from './total.loss.ts';

const reason =
  noEmulator ?? (spawnSync('terraform', ['version']).status === 0 ? undefined : 'needs terraform');
if (reason !== undefined) console.warn(`SKIPPED: bootstrap and staging on an emulator: ${reason}.`);

const NAME = 'gospelib-staging';

/** From an empty account to staging, as docs/operations/infrastructure.md has it; then broken, mended, destroyed. */
describe.skipIf(reason !== undefined)('an account of an emulator', () => {
  let staging: EmulatedStaging;
  const options = () => ({ root: staging.root, env: staging.env });
  /** Addresses of what the emulator did not make. */
  const failures: string[] = [];
  const change = (more: object = {}) =>
    changeInfra(staging.infra, {
      ...options(),
      acceptLoss: [],
      confirmed: 'staging',
      say: () => undefined,
      ...more,
    });
  const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(0)} s`;

  beforeAll(async () => {
    await emptyEmulator();
    staging = copyStaging(resolve(import.meta.dirname, '../../../..'));
  });
  afterAll(() => staging.remove());

  test('bootstrap makes the bucket of the state, and hands itself over to it', async () => {
    const { folder } = findInfra(staging.root, 'bootstrap');
    const local = join(folder, 'local_override.tf');
    const s3 = join(folder, 'backend_override.tf');
    const backend = readFileSync(s3, 'utf8');
    rmSync(s3);
    writeFileSync(local, 'terraform {\n  backend "local" {}\n}\n');
    const bootstrap = findInfra(staging.root, 'bootstrap');
    const { terraform, file } = await makePlan(bootstrap, options());
    const failed = await terraform
      .run(['apply', '-input=false', file])
      .then(() => [], knownFailures);
    failures.push(...failed);
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
        { ...staging.infra, account: '000000000000' },
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
    const failed = await change().then(() => [], knownFailures);
    console.log(`staging applied after ${seconds(start)}`);
    failures.push(...failed);
  });

  test('what the emulator answers wrongly is taken out of the state', async () => {
    const terraform = await openTerraform(staging.infra, options());
    const known = (await terraform.run(['state', 'list'])).split('\n');
    expect(unreadable.filter((address) => !known.includes(address))).toEqual([]);
    await forgetUnreadable(staging);
    await expect(makePlan(staging.infra, options())).resolves.toBeDefined();
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

  test('the node is found by its name, as the guide looks for it', async () => {
    const { Reservations = [] } = await cloud.ec2.send(
      new DescribeInstancesCommand({
        Filters: [
          { Name: 'tag:Name', Values: [NAME] },
          { Name: 'instance-state-name', Values: ['running'] },
        ],
      }),
    );
    expect(Reservations.flatMap(({ Instances = [] }) => Instances)).toHaveLength(1);
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
      (await secretOf('gospelib/staging/telemetry')).TELEMETRY_TOKEN ?? '',
    ];
    expect(all).toEqual(expect.arrayContaining(Object.values(escrow).slice(0, -1)));
    expect(all).toContain('handed-over-token');
    const state = await (await openTerraform(staging.infra, options())).run(['state', 'pull']);
    expect(state).toContain('aws_db_instance');
    expect(all.filter((value) => state.includes(value))).toEqual([]);
  });

  test('a second plan finds what the emulator forgets, and nothing else', async () => {
    const { explained } = await makePlan(staging.infra, options());
    const found = explained.changes.map(({ address }) => address);
    expect(found.filter((address) => !isFaultOfEmulator(address))).toEqual([]);
    expect(idle(forgotten, found), 'faults that the emulator no longer has').toEqual([]);
  });

  test('what the emulator refuses it still refuses', () => {
    expect(idle(refused, failures), 'faults that the emulator no longer has').toEqual([]);
  });

  describe('recovery', () => {
    // Whether they keep what is promised is for `./gl drill infra`.
    test.each(infraDrills)('$name: found, mended, read back', async (drill) => {
      const { foundSeconds, mendedSeconds, faults } = await drill.run(staging);
      const [found, mended] = [foundSeconds, mendedSeconds].map((one) => one.toFixed(1));
      console.log(`${drill.name}: found after ${found} s, mended and read back after ${mended} s`);
      expect(faults).toEqual([]);
    });

    test('what would lose something is refused, and nothing is changed', async () => {
      const replaced = staging.provider().mend(['module.cluster.aws_instance.node']);
      await expect(replaced).rejects.toThrow('--accept-loss');
    });
  });

  describe('all but backups and their key is destroyed', () => {
    const Bucket = `${NAME}-backups`;
    const Name = 'gospelib/staging/redis';
    let version: string | undefined;
    let key: string;
    let arn: string | undefined;

    test('with its state; a deleted secret keeps its name taken', async () => {
      const put = new PutObjectCommand({ Bucket, Key: 'database-1/manifest.json', Body: '{}' });
      version = (await cloud.s3.send(put)).VersionId;
      ({ key } = await findSurvivors(staging.infra, staging.env));
      await loseAllButBackups(staging);
      expect(await leftOvers('staging')).toEqual([]);
      await cloud.secrets.send(new CreateSecretCommand({ Name, SecretString: '{}' }));
      const deleted = new DeleteSecretCommand({ SecretId: Name, RecoveryWindowInDays: 7 });
      ({ ARN: arn } = await cloud.secrets.send(deleted));
    });

    test('without what is in escrow nothing is begun', async () => {
      const env = { ...staging.env, TF_VAR_auth_secrets: '' };
      await expect(rebuildEmulated({ ...staging, env })).rejects.toThrow(
        'staging cannot be made from nothing: TF_VAR_auth_secrets is not set.',
      );
    });

    test('it is made anew around them, with what is in escrow', async () => {
      const start = performance.now();
      expect(await rebuildState(staging.infra, options())).toContain('It is the state again.');
      await rebuildEmulated(staging);
      console.log(`staging made anew after ${seconds(start)}`);
      expect(await findSurvivors(staging.infra, staging.env)).toMatchObject({ key });
      const { Versions = [] } = await cloud.s3.send(new ListObjectVersionsCommand({ Bucket }));
      expect(Versions.map(({ VersionId }) => VersionId)).toEqual([version]);
      const { ARN } = await cloud.secrets.send(new DescribeSecretCommand({ SecretId: Name }));
      expect(ARN).toBe(arn);
      expect(await secretOf('gospelib/staging/accounts')).toMatchObject({
        'auth-secrets': escrow.TF_VAR_auth_secrets,
      });
      const { explained } = await makePlan(staging.infra, options());
      const pending = explained.changes.map(({ address }) => address);
      expect(pending.filter((address) => !isFaultOfEmulator(address))).toEqual([]);
    });
  });

  test('it is destroyed with a consent, and nothing is left', async () => {
    await expect(change({ args: ['-destroy'] })).rejects.toThrow('--accept-loss');
    await change({ args: ['-destroy'], acceptAll: true });
    expect(await leftOvers('staging')).toEqual([]);
  });
});
