import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  CreateHostedZoneCommand,
  ListHostedZonesByNameCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import {
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { emulator } from './emulator.ts';

const where = { region: 'us-east-1', ...(emulator && { endpoint: emulator }) };

/** The emulator, asked by AWS' own clients and not by Terraform. */
export const cloud = {
  ec2: new EC2Client(where),
  iam: new IAMClient(where),
  rds: new RDSClient(where),
  route53: new Route53Client(where),
  s3: new S3Client({ ...where, forcePathStyle: true }),
  secrets: new SecretsManagerClient(where),
};

/** What environments expect of bootstrap: the bucket of the state, and the zone. Those that are there stay. */
export async function makeFoundations(): Promise<void> {
  const Bucket = 'gospelib-terraform-state';
  await cloud.s3.send(new CreateBucketCommand({ Bucket })).catch((error: Error) => {
    if (!/AlreadyOwned|AlreadyExists/.test(error.name)) throw error;
  });
  await cloud.s3.send(
    new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
  );
  const { HostedZones = [] } = await cloud.route53.send(new ListHostedZonesByNameCommand({}));
  if (HostedZones.some(({ Name }) => Name === 'gospelib.com.')) return;
  const named = { Name: 'gospelib.com', CallerReference: Bucket };
  await cloud.route53.send(new CreateHostedZoneCommand(named));
}

export async function secretOf(name: string): Promise<Record<string, string>> {
  const { SecretString = '{}' } = await cloud.secrets.send(
    new GetSecretValueCommand({ SecretId: name }),
  );
  return JSON.parse(SecretString);
}

/** Names of what an environment would leave behind. */
export async function leftOvers(environment: string): Promise<readonly string[]> {
  const [{ Vpcs = [] }, { DBInstances = [] }, { SecretList = [] }] = await Promise.all([
    cloud.ec2.send(
      new DescribeVpcsCommand({ Filters: [{ Name: 'tag:Environment', Values: [environment] }] }),
    ),
    cloud.rds.send(new DescribeDBInstancesCommand({})),
    cloud.secrets.send(new ListSecretsCommand({})),
  ]);
  return [
    ...Vpcs.map(({ VpcId }) => String(VpcId)),
    ...DBInstances.map(({ DBInstanceIdentifier }) => String(DBInstanceIdentifier)),
    ...SecretList.map(({ Name }) => String(Name)),
  ].filter((name) => name.startsWith('vpc-') || name.includes(environment));
}
