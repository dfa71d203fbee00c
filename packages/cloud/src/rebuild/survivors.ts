import type { SecretListEntry } from '@aws-sdk/client-secrets-manager';
import { OperatorError } from '@gospelib/cli-kit';
import type { InfraEnvironment } from '../infra/infra.environment.ts';
import type { Plan } from '../plan/plan.schema.ts';

/** Address in Terraform → id at the provider: of what outlived the environment, and what the state does not know. */
export type Survivors = ReadonlyMap<string, string>;

/** What outlived an environment that was destroyed. */
export interface FoundSurvivors {
  /** The bucket of backups. */
  bucket: string;
  /** ARN of the key that encrypts it: without it nothing in the bucket can be read. */
  key: string;
  /** Secrets that are kept for thirty days after they were deleted, by name; their names are taken until then. */
  secrets: ReadonlyMap<string, string>;
}

/** @throws OperatorError where there are no backups to make an environment from */
export async function findSurvivors(
  infra: InfraEnvironment,
  env: NodeJS.ProcessEnv,
): Promise<FoundSurvivors> {
  const bucket = `gospelib-${infra.name}-backups`;
  const endpoint = env.AWS_ENDPOINT_URL;
  const where = { region: infra.region, maxAttempts: 2, ...(endpoint && { endpoint }) };
  const [s3, manager] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/client-secrets-manager'),
  ]);
  const buckets = new s3.S3Client({ ...where, ...(endpoint && { forcePathStyle: true }) });
  const secrets = new manager.SecretsManagerClient(where);
  try {
    const { ServerSideEncryptionConfiguration } = await buckets.send(
      new s3.GetBucketEncryptionCommand({ Bucket: bucket }),
    );
    const [rule] = ServerSideEncryptionConfiguration?.Rules ?? [];
    const { SecretList = [] } = await secrets.send(
      new manager.ListSecretsCommand({ IncludePlannedDeletion: true, MaxResults: 100 }),
    );
    return {
      bucket,
      key: rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID ?? '',
      secrets: deletedOf(infra.name, SecretList),
    };
  } catch (cause) {
    throw new OperatorError(
      `The bucket of backups, ${bucket}, cannot be looked at: ${(cause as Error).message}`,
      `Without it there is nothing to restore: \`./gl infra apply ${infra.name}\` makes an environment that is empty.`,
      { cause, meaning: 'Nothing was changed.' },
    );
  } finally {
    buckets.destroy();
    secrets.destroy();
  }
}

function deletedOf(environment: string, list: readonly SecretListEntry[]): Map<string, string> {
  return new Map(
    list
      .filter(
        ({ Name, DeletedDate }) => DeletedDate && Name?.startsWith(`gospelib/${environment}/`),
      )
      .map(({ Name = '', ARN = '' }) => [Name, ARN]),
  );
}

/** Takes the deletion of secrets back: their names cannot be used otherwise. @throws the provider's error */
export async function restoreSecrets(
  infra: InfraEnvironment,
  { secrets }: FoundSurvivors,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if (secrets.size === 0) return;
  const { RestoreSecretCommand, SecretsManagerClient } = await import(
    '@aws-sdk/client-secrets-manager'
  );
  const endpoint = env.AWS_ENDPOINT_URL;
  const client = new SecretsManagerClient({ region: infra.region, ...(endpoint && { endpoint }) });
  try {
    for (const SecretId of secrets.values())
      await client.send(new RestoreSecretCommand({ SecretId }));
  } finally {
    client.destroy();
  }
}

/** Those that a plan would make although they are there: they have to be imported instead. */
export function unknownSurvivors(plan: Plan, { bucket, key, secrets }: FoundSurvivors): Survivors {
  const created = plan.resource_changes.filter(
    ({ mode, change }) => mode === 'managed' && change.actions.includes('create'),
  );
  return new Map(
    created.flatMap(({ address, type, change }): [string, string][] => {
      const name = String(change.after?.name);
      if (address.startsWith('module.backups_bucket.')) return [[address, bucket]];
      if (address === 'module.key.aws_kms_key.this') return [[address, idOf(key)]];
      if (address === 'module.key.aws_kms_alias.this') return [[address, name]];
      const secret = type === 'aws_secretsmanager_secret' ? secrets.get(name) : undefined;
      return secret === undefined ? [] : [[address, secret]];
    }),
  );
}

/** `arn:aws:kms:…:key/ID` → `ID` */
function idOf(arn: string): string {
  return arn.split('/').at(-1) ?? arn;
}

/** Terraform's own blocks. */
export function importBlocks(survivors: Survivors): string {
  return [...survivors]
    .map(([to, id]) => `import {\n  to = ${to}\n  id = ${JSON.stringify(id)}\n}\n`)
    .join('\n');
}
