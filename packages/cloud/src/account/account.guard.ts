import { exitCodes, OperatorError } from '@gospelib/cli-kit';
import type { InfraEnvironment } from '../infra/infra.environment.ts';

/** Who asks, in AWS' own words. */
export interface CallerIdentity {
  account: string;
  arn: string;
}

/** @throws OperatorError (unknown) where AWS cannot be asked or knows nobody by these credentials */
export async function askIdentity(region: string, env: NodeJS.ProcessEnv): Promise<CallerIdentity> {
  const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const endpoint = env.AWS_ENDPOINT_URL;
  const client = new STSClient({ region, maxAttempts: 2, ...(endpoint && { endpoint }) });
  try {
    const { Account = '', Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
    return { account: Account, arn: Arn };
  } catch (cause) {
    throw new OperatorError(
      `AWS does not say who asks: ${(cause as Error).message}`,
      'Sign in: `aws sso login`, or set AWS_PROFILE.',
      { cause, meaning: 'Nothing was changed.', exitCode: exitCodes.unknown },
    );
  } finally {
    client.destroy();
  }
}

/** @throws OperatorError (refused) where the credentials are of an account that is not the environment's */
export function requireAccount(
  { name, account }: InfraEnvironment,
  identity: CallerIdentity,
): void {
  if (identity.account === account) return;
  throw new OperatorError(
    `${name} belongs to account ${account}; these credentials are of ${identity.account} (${identity.arn}).`,
    `Choose others (AWS_PROFILE), or if the account moved, say so in infra/terraform/environments/${name}/settings.auto.tfvars.json.`,
    { meaning: 'Nothing was changed.', exitCode: exitCodes.refused },
  );
}
