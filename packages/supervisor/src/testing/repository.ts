import { resolve } from 'node:path';
import type { LocalConfig, LocalOptions } from '../config/local.config.ts';
import { readLocalConfig } from '../config/local.config.ts';

export const repositoryRoot = resolve(import.meta.dirname, '../../../..');

/** The configuration of a platform of this repository. */
export function localConfig(options: LocalOptions, env: NodeJS.ProcessEnv = {}): LocalConfig {
  return readLocalConfig(repositoryRoot, options, env);
}
