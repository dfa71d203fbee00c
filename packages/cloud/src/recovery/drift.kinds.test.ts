import { expect, test } from 'vitest';
import type { ExplainedChange } from '../plan/plan.explain.ts';
import { driftKind } from './drift.kinds.ts';

test.each([
  ['module.database.aws_vpc_security_group_ingress_rule.clients["a.b"]', 'security group'],
  ['module.network.aws_route.internet', 'route'],
  ['module.network.aws_route_table_association.public[0]', 'route'],
  ['module.names.aws_route53_record.address', 'name'],
  ['module.cluster.aws_iam_group_policy.pods', 'rights'],
  ['module.bucket.aws_s3_bucket_policy.this', 'rights'],
  ['module.database.aws_db_parameter_group.this', 'parameters'],
  ['module.cluster.aws_instance.node', 'resource'],
])('%s is a drift of its %s', (address, kind) => {
  const change: ExplainedChange = { address, kind: 'destroyed', details: [] };
  expect(driftKind(change)).toMatchObject({
    kind,
    says: expect.stringContaining(`${address} was removed behind Terraform’s back: `),
  });
});

test('what changed is told', () => {
  const change: ExplainedChange = {
    address: 'aws_db_parameter_group.this',
    kind: 'changed',
    details: ['parameter rds.force_ssl 1 → 0'],
  };
  expect(driftKind(change).says).toContain('was changed behind Terraform’s back (parameter rds.');
});
