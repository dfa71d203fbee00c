import { type Plan, type PlannedResource, plannedResources } from '../plan/plan.schema.ts';

type Values = Readonly<Record<string, unknown>>;

/** What holds for a resource of a type: what is wrong with it, or undefined. */
type Rule = (
  values: Values,
  environment: string,
  all: readonly PlannedResource[],
) => string | undefined;

const EVERYBODY = new Set(['0.0.0.0/0', '::/0']);
const inProduction = (environment: string) => environment === 'production';
const first = (value: unknown): Values => (Array.isArray(value) ? (value[0] ?? {}) : {}) as Values;

/** A rule a promise; each is broken once by a test. */
const rules: Readonly<Record<string, readonly Rule[]>> = {
  aws_vpc_security_group_ingress_rule: [
    ({ cidr_ipv4, cidr_ipv6 }) =>
      EVERYBODY.has(String(cidr_ipv4)) || EVERYBODY.has(String(cidr_ipv6))
        ? 'lets everybody in'
        : undefined,
    ({ from_port, to_port }) => (covers(from_port, to_port, 22) ? 'opens SSH' : undefined),
  ],
  aws_security_group: [
    ({ ingress }) =>
      Array.isArray(ingress) && ingress.length > 0
        ? 'has rules of its own, which no other rule sees'
        : undefined,
  ],
  aws_db_instance: [
    ({ storage_encrypted }) => (storage_encrypted === true ? undefined : 'is not encrypted'),
    ({ publicly_accessible }) => (publicly_accessible === false ? undefined : 'is public'),
    ({ backup_retention_period }) =>
      Number(backup_retention_period) >= 7 ? undefined : 'keeps backups for less than 7 days',
    ({ deletion_protection }, environment) =>
      inProduction(environment) && deletion_protection !== true ? 'can be deleted' : undefined,
    ({ skip_final_snapshot }, environment) =>
      inProduction(environment) && skip_final_snapshot !== false
        ? 'leaves no snapshot behind'
        : undefined,
    ({ password }) => (password ? 'has its password in the state' : undefined),
    backedUp,
  ],
  aws_db_parameter_group: [
    ({ parameter }) =>
      list(parameter).some(({ name, value }) => name === 'rds.force_ssl' && value === '1')
        ? undefined
        : 'lets connections in without TLS',
  ],
  aws_elasticache_replication_group: [
    ({ transit_encryption_enabled }) =>
      transit_encryption_enabled === true ? undefined : 'takes connections without TLS',
    ({ at_rest_encryption_enabled }) =>
      [true, 'true'].includes(at_rest_encryption_enabled as boolean)
        ? undefined
        : 'is not encrypted',
    ({ auth_token }) => (auth_token ? 'has its password in the state' : undefined),
  ],
  aws_elasticache_user: [
    ({ passwords }) => (list(passwords).length > 0 ? 'has its password in the state' : undefined),
  ],
  aws_ebs_volume: [
    ({ encrypted }) => (encrypted === true ? undefined : 'is not encrypted'),
    backedUp,
  ],
  aws_instance: [
    ({ metadata_options }) =>
      first(metadata_options).http_tokens === 'required'
        ? undefined
        : 'gives its rights to whoever can send one request (IMDSv1)',
    ({ root_block_device }) =>
      first(root_block_device).encrypted === true
        ? undefined
        : 'has a volume that is not encrypted',
    ({ key_name }) => (key_name ? 'has a key for SSH' : undefined),
  ],
  aws_launch_template: [
    ({ metadata_options }) =>
      first(metadata_options).http_tokens === 'required'
        ? undefined
        : 'gives its rights to whoever can send one request (IMDSv1)',
  ],
  aws_s3_bucket: [
    ({ bucket }, _, all) =>
      companion(all, 'aws_s3_bucket_public_access_block', bucket, 'does not refuse public access'),
    ({ bucket }, _, all) =>
      companion(all, 'aws_s3_bucket_versioning', bucket, 'keeps no older versions'),
    ({ bucket }, _, all) =>
      companion(
        all,
        'aws_s3_bucket_server_side_encryption_configuration',
        bucket,
        'is not encrypted with a key of ours',
      ),
    ({ force_destroy }, environment) =>
      inProduction(environment) && force_destroy === true
        ? 'can be destroyed with its content'
        : undefined,
  ],
  aws_s3_bucket_public_access_block: [
    (values) =>
      [
        'block_public_acls',
        'block_public_policy',
        'ignore_public_acls',
        'restrict_public_buckets',
      ].every((name) => values[name] === true)
        ? undefined
        : 'lets something public through',
  ],
  aws_ecr_repository: [
    ({ image_tag_mutability }) =>
      image_tag_mutability === 'IMMUTABLE' ? undefined : 'lets a tag move',
  ],
  aws_kms_key: [
    ({ enable_key_rotation }) => (enable_key_rotation === true ? undefined : 'does not rotate'),
  ],
  aws_eks_cluster: [
    ({ vpc_config }) =>
      first(vpc_config).endpoint_public_access === true &&
      list(first(vpc_config).public_access_cidrs).some((cidr) => EVERYBODY.has(String(cidr)))
        ? 'answers everybody'
        : undefined,
    ({ deletion_protection }, environment) =>
      inProduction(environment) && deletion_protection !== true ? 'can be deleted' : undefined,
  ],
  aws_iam_access_key: [() => 'puts a key into the state'],
  aws_secretsmanager_secret_version: [
    ({ secret_string }) => (secret_string ? 'puts a secret into the state' : undefined),
  ],
};

/** Every rule that a plan breaks, as a sentence; none is well. */
export function breaches(plan: Plan, environment: string): readonly string[] {
  const all = plannedResources(plan);
  return all.flatMap((resource) => [
    ...(rules[resource.type] ?? []).flatMap((rule) => {
      const broken = rule(resource.values, environment, all);
      return broken === undefined ? [] : [`${resource.address} ${broken}.`];
    }),
    ...untagged(resource, environment),
  ]);
}

/** Whoever can carry tags carries whose it is: budgets count by them. */
function untagged({ address, values }: PlannedResource, environment: string): readonly string[] {
  if (!('tags_all' in values)) return [];
  const tags = (values.tags_all ?? {}) as Values;
  return tags.Environment === environment
    ? []
    : [`${address} is not tagged Environment=${environment}.`];
}

function backedUp(
  { tags }: Values,
  _: string,
  all: readonly PlannedResource[],
): string | undefined {
  const wanted = ((tags ?? {}) as Values).Backup;
  const taken = all
    .filter(({ type }) => type === 'aws_backup_selection')
    .some(({ values }) =>
      list(values.selection_tag).some(({ key, value }) => key === 'Backup' && value === wanted),
    );
  return wanted !== undefined && taken ? undefined : 'is in no backup';
}

/** Whether the resource of that type is there for the bucket. Its name is that of the bucket, known in a plan. */
function companion(
  all: readonly PlannedResource[],
  type: string,
  bucket: unknown,
  fault: string,
): string | undefined {
  const module = all.find(
    ({ type: own, values }) => own === 'aws_s3_bucket' && values.bucket === bucket,
  );
  const prefix = module?.address.replace(/aws_s3_bucket\.[^.]+$/, '') ?? '';
  return all.some(
    ({ type: other, address }) => other === type && address.startsWith(`${prefix}${type}.`),
  )
    ? undefined
    : fault;
}

function covers(from: unknown, to: unknown, port: number): boolean {
  return typeof from === 'number' && typeof to === 'number' && from <= port && port <= to;
}

function list(value: unknown): readonly Values[] {
  return Array.isArray(value) ? value : [];
}
