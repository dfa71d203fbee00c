import { expect, test } from 'vitest';
import { planSchema } from '../plan/plan.schema.ts';
import { importBlocks, unknownSurvivors } from './survivors.ts';

const found = {
  bucket: 'gospelib-staging-backups',
  key: 'arn:aws:kms:us-east-1:123456789012:key/0f1e',
  secrets: new Map([['gospelib/staging/redis', 'arn:redis']]),
};
const change = (address: string, name?: string, actions = ['create']) => ({
  address,
  mode: 'managed',
  type: /aws_[a-z0-9_]+/.exec(address)?.[0],
  change: { actions, after: { name } },
});

test('what is there and unknown to the state is imported; what is gone, or known, is not', () => {
  const plan = planSchema.parse({
    format_version: '1.2',
    resource_changes: [
      change('module.backups_bucket.aws_s3_bucket.this', 'gospelib-staging-backups'),
      change('module.backups_bucket.aws_s3_bucket_versioning.this'),
      change('module.key.aws_kms_key.this'),
      change('module.key.aws_kms_alias.this', 'alias/gospelib-staging'),
      change(
        'module.secrets.aws_secretsmanager_secret.composed["redis"]',
        'gospelib/staging/redis',
      ),
      change(
        'module.secrets.aws_secretsmanager_secret.composed["graph"]',
        'gospelib/staging/graph',
      ),
      change('module.database.aws_db_instance.this', 'gospelib-staging'),
      change('module.backups_bucket.aws_s3_bucket_policy.tls_only', undefined, ['no-op']),
    ],
  });
  expect(Object.fromEntries(unknownSurvivors(plan, found))).toEqual({
    'module.backups_bucket.aws_s3_bucket.this': 'gospelib-staging-backups',
    'module.backups_bucket.aws_s3_bucket_versioning.this': 'gospelib-staging-backups',
    'module.key.aws_kms_key.this': '0f1e',
    'module.key.aws_kms_alias.this': 'alias/gospelib-staging',
    'module.secrets.aws_secretsmanager_secret.composed["redis"]': 'arn:redis',
  });
});

test('they are imported by blocks of Terraform’s own', () => {
  expect(importBlocks(new Map([['a.b["c"]', 'id']]))).toBe(
    'import {\n  to = a.b["c"]\n  id = "id"\n}\n',
  );
});
