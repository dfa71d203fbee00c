import { expect, test } from 'vitest';
import { planSchema } from '../plan/plan.schema.ts';
import { requireHandedOver, withPlaceholders } from './handed.over.ts';

const writing = (secret: string, actions: string[]) =>
  planSchema.parse({
    format_version: '1.2',
    resource_changes: [
      {
        address: `module.secrets.aws_secretsmanager_secret_version.composed["${secret}"]`,
        mode: 'managed',
        type: 'aws_secretsmanager_secret_version',
        change: { actions },
      },
    ],
  });

test('a secret is never overwritten with a placeholder', () => {
  expect(withPlaceholders({})).toMatchObject({
    TF_VAR_smtp_url: 'not handed over',
    TF_VAR_telemetry: '{}',
  });
  expect(() => requireHandedOver(writing('accounts', ['update']), {})).toThrow(
    'TF_VAR_smtp_url, TF_VAR_auth_secrets are not set',
  );
  expect(() => requireHandedOver(writing('telemetry', ['create']), {})).toThrow('TF_VAR_telemetry');
  expect(() => requireHandedOver(writing('backups', ['create']), {})).toThrow(
    'TF_VAR_backup_signing_keys, TF_VAR_backup_age_identities',
  );
});

test('where it is handed over, or nothing is written, it is well', () => {
  expect(() =>
    requireHandedOver(writing('accounts', ['update']), {
      TF_VAR_smtp_url: 'smtps://mail',
      TF_VAR_auth_secrets: '1:secret',
    }),
  ).not.toThrow();
  expect(() => requireHandedOver(writing('accounts', ['no-op']), {})).not.toThrow();
  expect(() => requireHandedOver(writing('graph', ['create']), {})).not.toThrow();
});
