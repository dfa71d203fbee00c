import { exitCodes, OperatorError } from '@gospelib/cli-kit';
import type { Plan } from '../plan/plan.schema.ts';

/** Variables that a person hands over by TF_VAR_…, and the secret that holds them. */
const handedOver: Readonly<Record<string, string>> = {
  smtp_url: 'accounts',
  auth_secrets: 'accounts',
  backup_signing_keys: 'backups',
  backup_age_identities: 'backups',
  telemetry: 'telemetry',
};
/** Of a map: Terraform reads it as JSON. */
const maps = ['telemetry'];

/** Terraform wants each of them in every plan; those that are not given are written nowhere, as `requireHandedOver` sees to. */
export function withPlaceholders(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const missing = Object.keys(handedOver).filter((name) => !env[`TF_VAR_${name}`]);
  return {
    ...env,
    ...Object.fromEntries(
      missing.map((name) => [`TF_VAR_${name}`, maps.includes(name) ? '{}' : 'not handed over']),
    ),
  };
}

/** Those of them that are not set, as `TF_VAR_…`: an environment that is made from nothing needs all. */
export function missingFromEscrow(env: NodeJS.ProcessEnv): readonly string[] {
  return Object.keys(handedOver)
    .map((name) => `TF_VAR_${name}`)
    .filter((name) => !env[name]);
}

/** @throws OperatorError (refused) where a plan would write a secret without the value that belongs there */
export function requireHandedOver(plan: Plan, env: NodeJS.ProcessEnv): void {
  const written = plan.resource_changes
    .filter(({ change }) =>
      change.actions.some((action) => action === 'create' || action === 'update'),
    )
    .map(
      ({ address }) =>
        /aws_secretsmanager_secret_version\.composed\["([^"]+)"\]/.exec(address)?.[1],
    );
  const missing = Object.entries(handedOver)
    .filter(([name, secret]) => written.includes(secret) && !env[`TF_VAR_${name}`])
    .map(([name]) => `TF_VAR_${name}`);
  if (missing.length === 0) return;
  throw new OperatorError(
    `This plan writes secrets that are handed over, and ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set.`,
    'Take them out of escrow and set them for this one command.',
    {
      meaning: 'They would be overwritten with nothing. Nothing was changed.',
      exitCode: exitCodes.refused,
    },
  );
}
