import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  DeleteRouteCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { DeleteGroupPolicyCommand, GetGroupPolicyCommand } from '@aws-sdk/client-iam';
import { DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
import {
  ChangeResourceRecordSetsCommand,
  ListHostedZonesByNameCommand,
  ListResourceRecordSetsCommand,
} from '@aws-sdk/client-route-53';
import {
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeInfra } from '../infra/infra.change.ts';
import { findDrift } from '../infra/infra.drift.ts';
import { findInfra } from '../infra/infra.environment.ts';
import { makePlan, openTerraform } from '../infra/infra.plan.ts';
import { noEmulator } from '../testing/emulator.ts';
import { cloud, leftOvers, secretOf } from './cloud.reader.ts';
import { copyForEmulator } from './emulated.copy.ts';
import { forgotten, refused, unreadable } from './emulator.faults.ts';

const reason =
  noEmulator ?? (spawnSync('terraform', ['version']).status === 0 ? undefined : 'needs terraform');
if (reason !== undefined) console.warn(`SKIPPED: bootstrap and staging on an emulator: ${reason}.`);

const handedOver = {
  TF_VAR_smtp_url: 'smtps://user:handed-over-password@mail.example',
  TF_VAR_backup_signing_keys: 'handed-over-signing-key',
  TF_VAR_backup_age_identities: 'handed-over-identity',
};
const NAME = 'gospelib-staging';
const ZONE = 'gospelib.com.';

/** From an empty account to staging, as docs/operations/infrastructure.md has it; then broken, mended, destroyed. */
describe.skipIf(reason !== undefined)('an account of an emulator', () => {
  let root: string;
  const env = { ...process.env, ...handedOver };
  const options = () => ({ root, env });
  const staging = () => findInfra(root, 'staging');
  const said: string[] = [];
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

  /** Addresses of what an apply could not make, told by its own words. */
  const failedOf = (error: unknown) =>
    [
      ...String((error as Error).message).matchAll(/^\s*with ([^\s,]+(?:\["[^"]*"\])?[^\s,]*),$/gm),
    ].map(([, address = '']) => address);
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
    const failed = await terraform.run(['apply', '-input=false', file]).then(() => [], failedOf);
    expect(failed.length).toBeGreaterThan(0);
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
    const failed = await change().then(() => [], failedOf);
    console.log(`staging applied after ${seconds(start)}`);
    expectRefused(failed);
    expect(failed.length).toBeGreaterThan(0);
  });

  test('what the emulator answers wrongly is taken out of the state', async () => {
    const terraform = await openTerraform(staging(), options());
    const known = (await terraform.run(['state', 'list'])).split('\n');
    const wrong = unreadable.filter((address) => known.includes(address));
    if (wrong.length > 0) await terraform.run(['state', 'rm', ...wrong]);
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
    const { explained } = await makePlan(staging(), {
      ...options(),
      args: [
        '-target=module.network',
        '-target=module.names',
        '-target=module.backups_bucket',
        '-target=module.secrets',
        '-target=module.key',
        '-target=module.edge',
      ],
    });
    const found = explained.changes.map(({ address }) => address);
    expect(
      found.filter(
        (address) => ![...refused, ...forgotten].some((fault) => fault.address.test(address)),
      ),
    ).toEqual([]);
  });

  test('four misconfigurations are found by drift, mended by an apply, and read back', async () => {
    const targets = [
      'module.database.aws_vpc_security_group_ingress_rule.clients',
      'module.network.aws_route.internet',
      'module.names.aws_route53_record.address',
      'module.cluster.aws_iam_group_policy.pods',
    ];
    await breakAll();
    const start = performance.now();
    const { drifted } = await findDrift(staging(), options());
    const found = drifted.map(({ address }) => address);
    for (const target of targets)
      expect(found, target).toContainEqual(expect.stringContaining(target));
    console.log(`found after ${seconds(start)}`);
    const { terraform, file } = await makePlan(staging(), {
      ...options(),
      args: targets.map((target) => `-target=${target}`),
    });
    await terraform.run(['apply', '-input=false', file]);
    console.log(`mended after ${seconds(start)}`);
    expect(await readAll()).toEqual({ opened: true, routed: true, named: true, allowed: true });
    console.log(`verified after ${seconds(start)}`);
  });

  test('it is destroyed with a consent, and nothing is left', async () => {
    await expect(change({ args: ['-destroy'] })).rejects.toThrow('--accept-loss');
    await change({ args: ['-destroy'], acceptAll: true });
    expect(await leftOvers('staging')).toEqual([]);
  });
});

async function zoneId(): Promise<string> {
  const { HostedZones = [] } = await cloud.route53.send(
    new ListHostedZonesByNameCommand({ DNSName: ZONE }),
  );
  return HostedZones[0]?.Id ?? '';
}

async function originRecord() {
  const { ResourceRecordSets = [] } = await cloud.route53.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: await zoneId() }),
  );
  return ResourceRecordSets.find(({ Name }) => Name === 'origin.staging.gospelib.com.');
}

async function databaseRules() {
  const { SecurityGroupRules = [] } = await cloud.ec2.send(
    new DescribeSecurityGroupRulesCommand({}),
  );
  return SecurityGroupRules.filter(
    ({ IsEgress, FromPort }) => IsEgress === false && FromPort === 5432,
  );
}

async function defaultRoutes() {
  const { RouteTables = [] } = await cloud.ec2.send(new DescribeRouteTablesCommand({}));
  return RouteTables.filter(({ Tags = [] }) =>
    Tags.some(({ Value }) => Value === `${NAME}-public`),
  ).map(({ RouteTableId, Routes = [] }) => ({
    table: RouteTableId,
    there: Routes.some(({ DestinationCidrBlock }) => DestinationCidrBlock === '0.0.0.0/0'),
  }));
}

/** A closed security group, a lost route, a wrong name, rights that were taken. */
async function breakAll(): Promise<void> {
  for (const { GroupId, SecurityGroupRuleId = '' } of await databaseRules()) {
    await cloud.ec2.send(
      new RevokeSecurityGroupIngressCommand({
        GroupId,
        SecurityGroupRuleIds: [SecurityGroupRuleId],
      }),
    );
  }
  for (const { table } of await defaultRoutes()) {
    await cloud.ec2.send(
      new DeleteRouteCommand({ RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0' }),
    );
  }
  const record = await originRecord();
  await cloud.route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: await zoneId(),
      ChangeBatch: {
        Changes: [
          {
            Action: 'UPSERT',
            ResourceRecordSet: {
              Name: record?.Name,
              Type: 'A',
              TTL: 60,
              ResourceRecords: [{ Value: '192.0.2.1' }],
            },
          },
        ],
      },
    }),
  );
  await cloud.iam.send(
    new DeleteGroupPolicyCommand({ GroupName: `${NAME}-pods`, PolicyName: 'pods' }),
  );
}

async function readAll(): Promise<object> {
  const policy = await cloud.iam.send(
    new GetGroupPolicyCommand({ GroupName: `${NAME}-pods`, PolicyName: 'pods' }),
  );
  return {
    opened: (await databaseRules()).length > 0,
    routed: (await defaultRoutes()).every(({ there }) => there),
    named: (await originRecord())?.ResourceRecords?.[0]?.Value !== '192.0.2.1',
    allowed: policy.PolicyDocument?.includes('GetSecretValue'),
  };
}
