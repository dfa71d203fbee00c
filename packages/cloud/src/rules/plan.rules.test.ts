import { expect, test } from 'vitest';
import { planSchema } from '../plan/plan.schema.ts';
import { breaches } from './plan.rules.ts';

type Values = Record<string, unknown>;

const bucketParts = [
  'aws_s3_bucket_versioning',
  'aws_s3_bucket_server_side_encryption_configuration',
];
const access = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};
const tags_all = { Environment: 'production' };

/** An environment that breaks nothing. */
const sound: Readonly<Record<string, Values>> = {
  aws_vpc_security_group_ingress_rule: {
    cidr_ipv4: null,
    prefix_list_id: 'pl-1',
    from_port: 443,
    to_port: 443,
  },
  aws_db_instance: {
    storage_encrypted: true,
    publicly_accessible: false,
    backup_retention_period: 35,
    deletion_protection: true,
    skip_final_snapshot: false,
    tags: { Backup: 'gospelib-production' },
    tags_all,
  },
  aws_db_parameter_group: { parameter: [{ name: 'rds.force_ssl', value: '1' }] },
  aws_elasticache_replication_group: {
    transit_encryption_enabled: true,
    at_rest_encryption_enabled: 'true',
  },
  aws_elasticache_user: { passwords: null },
  aws_ebs_volume: { encrypted: true, tags: { Backup: 'gospelib-production' } },
  aws_instance: {
    metadata_options: [{ http_tokens: 'required' }],
    root_block_device: [{ encrypted: true }],
  },
  aws_launch_template: { metadata_options: [{ http_tokens: 'required' }] },
  aws_s3_bucket: { bucket: 'backups', force_destroy: false },
  aws_s3_bucket_public_access_block: access,
  ...Object.fromEntries(bucketParts.map((type) => [type, {}])),
  aws_ecr_repository: { image_tag_mutability: 'IMMUTABLE' },
  aws_kms_key: { enable_key_rotation: true },
  aws_eks_cluster: { vpc_config: [{ endpoint_public_access: false }], deletion_protection: true },
  aws_secretsmanager_secret_version: { secret_string: null },
  aws_backup_selection: { selection_tag: [{ key: 'Backup', value: 'gospelib-production' }] },
};

const planOf = (resources: Readonly<Record<string, Values>>) =>
  planSchema.parse({
    format_version: '1.2',
    planned_values: {
      root_module: {
        child_modules: [
          {
            resources: Object.entries(resources).map(([type, values]) => ({
              address: `module.a.${type}.this`,
              mode: 'managed',
              type,
              name: 'this',
              values,
            })),
          },
        ],
      },
    },
  });

test('what is sound breaks no rule', () => {
  expect(breaches(planOf(sound), 'production')).toEqual([]);
});

test.each<[string, Values, string]>([
  ['aws_vpc_security_group_ingress_rule', { cidr_ipv4: '0.0.0.0/0' }, 'lets everybody in'],
  ['aws_vpc_security_group_ingress_rule', { cidr_ipv6: '::/0' }, 'lets everybody in'],
  ['aws_vpc_security_group_ingress_rule', { from_port: 0, to_port: 65535 }, 'opens SSH'],
  ['aws_db_instance', { storage_encrypted: false }, 'is not encrypted'],
  ['aws_db_instance', { publicly_accessible: true }, 'is public'],
  ['aws_db_instance', { backup_retention_period: 1 }, 'less than 7 days'],
  ['aws_db_instance', { deletion_protection: false }, 'can be deleted'],
  ['aws_db_instance', { skip_final_snapshot: true }, 'leaves no snapshot behind'],
  ['aws_db_instance', { password: 'p' }, 'in the state'],
  ['aws_db_instance', { tags: {} }, 'is in no backup'],
  ['aws_db_instance', { tags_all: {} }, 'not tagged Environment=production'],
  ['aws_db_parameter_group', { parameter: [] }, 'without TLS'],
  ['aws_elasticache_replication_group', { transit_encryption_enabled: false }, 'without TLS'],
  ['aws_elasticache_replication_group', { at_rest_encryption_enabled: null }, 'is not encrypted'],
  ['aws_elasticache_replication_group', { auth_token: 't' }, 'in the state'],
  ['aws_elasticache_user', { passwords: ['p'] }, 'in the state'],
  ['aws_ebs_volume', { encrypted: false }, 'is not encrypted'],
  ['aws_ebs_volume', { tags: { Backup: 'another' } }, 'is in no backup'],
  ['aws_instance', { metadata_options: [{ http_tokens: 'optional' }] }, 'IMDSv1'],
  ['aws_instance', { root_block_device: [{ encrypted: false }] }, 'not encrypted'],
  ['aws_instance', { key_name: 'mine' }, 'SSH'],
  ['aws_launch_template', { metadata_options: [] }, 'IMDSv1'],
  ['aws_s3_bucket', { force_destroy: true }, 'destroyed with its content'],
  ['aws_s3_bucket_public_access_block', { block_public_policy: false }, 'something public'],
  ['aws_ecr_repository', { image_tag_mutability: 'MUTABLE' }, 'lets a tag move'],
  ['aws_kms_key', { enable_key_rotation: false }, 'does not rotate'],
  [
    'aws_eks_cluster',
    { vpc_config: [{ endpoint_public_access: true, public_access_cidrs: ['0.0.0.0/0'] }] },
    'answers everybody',
  ],
  ['aws_eks_cluster', { deletion_protection: false }, 'can be deleted'],
  ['aws_secretsmanager_secret_version', { secret_string: 's' }, 'secret into the state'],
])('%s with %j is refused', (type, values, why) => {
  const broken = breaches(
    planOf({ ...sound, [type]: { ...sound[type], ...values } }),
    'production',
  );
  expect(broken).toEqual([expect.stringContaining(why)]);
});

test.each([...bucketParts, 'aws_s3_bucket_public_access_block', 'aws_backup_selection'])(
  'without %s something is missing',
  (type) => {
    const { [type]: _, ...rest } = sound;
    expect(breaches(planOf(rest), 'production').length).toBeGreaterThan(0);
  },
);

test('an access key puts its secret into the state', () => {
  const broken = breaches(planOf({ ...sound, aws_iam_access_key: {} }), 'production');
  expect(broken).toEqual(['module.a.aws_iam_access_key.this puts a key into the state.']);
});
