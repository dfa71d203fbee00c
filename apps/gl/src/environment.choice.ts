import { resolve } from 'node:path';
import { confirmWord } from '@gospelib/cli-kit';
import { ClusterEnvironment, chooseTarget } from '@gospelib/cluster';
import type { Operation } from '@gospelib/delivery';
import { LocalEnvironment, readLocalConfig } from '@gospelib/supervisor';
import { nameInHints } from './hint.environment.ts';
import { logForGood } from './ship/operation.record.ts';
import { type Context, say } from './verb.ts';

/** Options that every verb takes. */
export interface GlobalOptions {
  env?: string;
  data?: string;
  portBase?: string;
  yes?: boolean;
  why?: string;
}

export const repositoryRoot = resolve(import.meta.dirname, '../../..');

/** @throws UsageError for an environment that there is not, or for settings that make no sense */
export function chooseEnvironment(options: GlobalOptions): Context {
  const { env: name = 'local', data, portBase, yes, why = 'not said' } = options;
  const config = readLocalConfig(repositoryRoot, { data, portBase });
  const common = { config, why, log: (entry: Operation) => logForGood(config, entry) };
  if (name === 'local') {
    const environment = new LocalEnvironment(config);
    return { ...common, environment, isCluster: false, confirmChange: async () => {} };
  }
  const { root, dataDir, env } = config;
  const target = chooseTarget(root, env, name);
  nameInHints(name);
  const environment = new ClusterEnvironment({ target, root, dataDir, env });
  const confirmChange = async () => {
    if (!target.asks || yes === true) return;
    say(`This changes ${name}: ${environment.place}.`);
    await confirmWord(name, { accepted: yes, option: '--yes' });
  };
  return { ...common, environment, isCluster: true, confirmChange };
}
