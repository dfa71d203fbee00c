import { expect, test } from 'vitest';
import { requireConsent } from './plan.consent.ts';
import { explainDrift, explainPlan, renderPlan } from './plan.explain.ts';
import { planSchema } from './plan.schema.ts';

const change = (address: string, actions: string[], more: object = {}) => ({
  address,
  mode: 'managed',
  type: address.split('.').at(-2),
  change: { actions, before: {}, after: {}, ...more },
});
const plan = (...resource_changes: object[]) =>
  planSchema.parse({ format_version: '1.2', resource_changes });

const storm = plan(
  change('aws_route53_record.www', ['create']),
  change('module.database.aws_db_instance.this', ['delete', 'create'], {
    before: { storage_encrypted: false, arn: 'arn:1', password: 'a' },
    after: { storage_encrypted: true, password: 'b' },
    after_unknown: { arn: true },
    before_sensitive: { password: true },
    replace_paths: [['storage_encrypted']],
  }),
  change('aws_iam_role.old', ['delete']),
  change('aws_db_parameter_group.this', ['update'], {
    before: { family: 'postgres16' },
    after: { family: 'postgres17' },
  }),
  change('aws_vpc.this', ['no-op']),
  change('aws_s3_bucket.backups', ['forget']),
);

test('a plan is told in sentences, what is lost first and what is created last', () => {
  expect(renderPlan(explainPlan(storm)).split('\n')).toEqual([
    '1 replaced, 1 destroyed, 1 changed, 1 forgotten, 1 created; 1 of them lose something.',
    '',
    'module.database.aws_db_instance.this is replaced: password changes, and is secret; storage_encrypted false → true (forces replacement). Lost: the database, with what people wrote since the last backup elsewhere.',
    'aws_iam_role.old is destroyed.',
    'aws_db_parameter_group.this is changed: family postgres16 → postgres17.',
    'aws_s3_bucket.backups is forgotten.',
    'aws_route53_record.www is created.',
  ]);
});

test('a plan without a change says so', () => {
  expect(renderPlan(explainPlan(plan(change('aws_vpc.this', ['no-op']))))).toBe(
    'Nothing is to be changed.',
  );
});

test.each([
  'aws_db_instance',
  'aws_s3_bucket',
  'aws_ebs_volume',
  'aws_eks_cluster',
  'aws_instance',
  'aws_kms_key',
])('%s is not let go without its name', (type) => {
  for (const actions of [['delete'], ['delete', 'create'], ['create', 'delete']]) {
    const explained = explainPlan(plan(change(`${type}.this`, actions)));
    expect(() => requireConsent(explained, [])).toThrow(`--accept-loss '${type}.this'`);
    expect(() => requireConsent(explained, [`${type}.this`])).not.toThrow();
  }
});

test('a consent to something that the plan does not lose is one to another plan', () => {
  expect(() => requireConsent(explainPlan(plan()), ['aws_s3_bucket.backups'])).toThrow(
    'loses nothing by the name',
  );
});

test('drift is what changed behind Terraform’s back', () => {
  const drifted = planSchema.parse({
    format_version: '1.2',
    resource_drift: [
      change('aws_security_group.this', ['update'], {
        before: { ingress: ['443'] },
        after: { ingress: [] },
      }),
    ],
  });
  expect(explainDrift(drifted)).toEqual([
    { address: 'aws_security_group.this', kind: 'changed', details: ['ingress ["443"] → []'] },
  ]);
});

test('what AWS says in other words for nothing is no drift', () => {
  const drifted = planSchema.parse({
    format_version: '1.2',
    resource_drift: [
      change('aws_db_parameter_group.this', ['update'], {
        before: { name: 'a', tags: null, parameter: [] },
        after: { name: 'a', tags: {}, description: '' },
      }),
      change('aws_route.internet', ['delete'], { before: {}, after: null }),
      change('aws_security_group.open', ['update'], { before: { on: null }, after: { on: false } }),
    ],
  });
  expect(explainDrift(drifted).map(({ address }) => address)).toEqual([
    'aws_route.internet',
    'aws_security_group.open',
  ]);
});
