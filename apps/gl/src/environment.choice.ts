import { resolve } from 'node:path';
import { UsageError } from '@gospelib/cli-kit';
import { LocalEnvironment, readLocalConfig } from '@gospelib/supervisor';
import type { Context } from './verb.ts';

/** Options that every verb takes. */
export interface GlobalOptions {
  env?: string;
  data?: string;
  portBase?: string;
}

export const repositoryRoot = resolve(import.meta.dirname, '../../..');

/** Environments by the name that `--env` takes. A cluster's will be further lines. */
const environments: Readonly<Record<string, (options: GlobalOptions) => Context>> = {
  local: ({ data, portBase }) => {
    const config = readLocalConfig(repositoryRoot, { data, portBase });
    return { config, environment: new LocalEnvironment(config) };
  },
};

/** @throws UsageError for one that there is not, or for settings that make no sense */
export function chooseEnvironment(options: GlobalOptions): Context {
  const name = options.env ?? 'local';
  const choose = environments[name];
  if (choose !== undefined) return choose(options);
  const known = Object.keys(environments).join(', ');
  throw new UsageError(`There is no environment ${name}; --env takes ${known}.`);
}
