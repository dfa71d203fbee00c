import { OperatorError } from '@gospelib/cli-kit';

interface Known {
  sign: RegExp;
  meaning: string;
  remedy(environment: string): string;
}

const known: readonly Known[] = [
  {
    sign: /Error acquiring the state lock|state blob is already locked|PreconditionFailed/,
    meaning:
      'Somebody else changes this environment now, or did and was killed. Nothing was changed.',
    remedy: (environment) =>
      `Wait for who holds it. If that process is dead: ./gl infra state unlock ${environment}`,
  },
  {
    sign: /No valid credential sources|ExpiredToken|InvalidClientTokenId|SSOProviderInvalidToken/,
    meaning: 'AWS does not know who asks. Nothing was changed.',
    remedy: () => 'Sign in: `aws sso login`, or set AWS_PROFILE.',
  },
  {
    sign: /AWS account ID not allowed/,
    meaning: 'These credentials are of another account. Nothing was changed.',
    remedy: (environment) =>
      `infra/terraform/environments/${environment}/settings.auto.tfvars.json names the account.`,
  },
  {
    sign: /state data in S3 does not have the expected content|Failed to (load|read) state|unsupported state|invalid character/i,
    meaning: 'What is stored as the state is not one. The resources themselves are untouched.',
    remedy: (environment) => `Look at its older versions: ./gl infra state versions ${environment}`,
  },
  {
    sign: /Could not retrieve the list of available versions|Failed to query available provider packages/,
    meaning: 'The provider cannot be had: no registry, no mirror.',
    remedy: () => 'Look at the network, or name a mirror by TF_CLI_CONFIG_FILE.',
  },
];

/** Terraform's own words, what they mean and what to do. */
export function explainTerraform(
  folder: string,
  args: readonly string[],
  said: string,
): OperatorError {
  const environment = folder.split('/').at(-1) ?? folder;
  const text = said
    .split('\n')
    .map((line) => line.replace(/^[╷│╵]\s?/, ''))
    .filter((line) => line.trim() !== '')
    .join('\n');
  const found = known.find(({ sign }) => sign.test(text));
  const what = `terraform ${args[0]} failed for ${environment}:\n${text}`;
  return found === undefined
    ? new OperatorError(what)
    : new OperatorError(what, found.remedy(environment), { meaning: found.meaning });
}
