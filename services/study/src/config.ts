import { baseConfig, defineConfig, httpUrlField, portField } from '@gospelib/service-kit';
import { z } from 'zod';

const studyConfig = baseConfig.extend({
  PORT: portField.default(8300),
  /** With the service's own role, `study_service`. */
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'must be a postgresql:// address',
  }),
  /** Connections at most. More than a few for each core of the database only make it slower. */
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(100).default(10),
  /** Where people reach the site: the issuer of the tokens. */
  PUBLIC_URL: httpUrlField,
  /** Accounts publishes the keys of the tokens there, and whose things are to be deleted. */
  ACCOUNTS_URL: httpUrlField,
  /** What accounts is shown to read that. */
  INTERNAL_SECRET: z.string().min(32, 'must have at least 32 characters'),
  /** How often accounts is asked whose things are to be deleted, ms. */
  DELETIONS_POLL_MS: z.coerce.number().int().min(50).max(3_600_000).default(5_000),
});

export type StudyConfig = z.output<typeof studyConfig>;

/** @throws ConfigError with every fault, never a value */
export function readConfig(env: Readonly<Record<string, string | undefined>>): StudyConfig {
  return defineConfig(studyConfig, env);
}
