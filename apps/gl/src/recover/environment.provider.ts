import { UsageError } from '@gospelib/cli-kit';
import type { Provider } from '@gospelib/recovery';
import type { Context } from '../verb.ts';

/** The infrastructure of the environment of `--env`. @throws UsageError for this machine, which has none */
export async function environmentProvider(context: Context): Promise<Provider> {
  const { config, environment, isCluster } = context;
  if (!isCluster) {
    throw new UsageError(
      'This machine has no infrastructure to look at.',
      '--env names a cluster.',
    );
  }
  const { findInfra, InfraProvider } = await import('@gospelib/cloud');
  const { root, env } = config;
  return new InfraProvider(findInfra(root, environment.name), { root, env });
}
