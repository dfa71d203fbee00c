import {
  baseConfig,
  changingSecret,
  currentSetting,
  defineConfig,
  httpUrlField,
  portField,
  postgresUrlField,
  redisUrlField,
} from '@gospelib/service-kit';
import { z } from 'zod';

const studyConfig = baseConfig.extend({
  PORT: portField.default(8300),
  /** Connects as the service's own role, `study_service`. */
  DATABASE_URL: postgresUrlField,
  /**
   * Maximum number of connections, for reading and writing together. More than a few per core of the database make it
   * slower.
   */
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(100).default(16),
  /** The public address of the site: the issuer of the tokens. */
  PUBLIC_URL: httpUrlField,
  /** The accounts service, which publishes the tokens' keys and the deleted accounts. */
  ACCOUNTS_URL: httpUrlField,
  /** Where accounts tells of sessions that were ended. Without it, and while it is away, a token counts for 60 seconds. */
  REDIS_URL: redisUrlField.optional(),
  /** Sent to accounts to read the deleted accounts. */
  INTERNAL_SECRET: z.string().min(32, 'must have at least 32 characters'),
  /** How often accounts is asked for deleted accounts, ms. */
  DELETIONS_POLL_MS: z.coerce.number().int().min(50).max(3_600_000).default(5_000),
});

export type StudyConfig = z.output<typeof studyConfig> & {
  /** DATABASE_URL as it is now. */
  databaseUrl: () => string;
  /** REDIS_URL as it is now. */
  redisUrl: (() => string) | undefined;
  /** Those of INTERNAL_SECRET that count now, the present one first. */
  internalSecrets: () => readonly string[];
};

/** @throws ConfigError with every fault, never a value */
export function readConfig(env: Readonly<Record<string, string | undefined>>): StudyConfig {
  const read = defineConfig(studyConfig, env);
  const { DATABASE_URL, REDIS_URL, INTERNAL_SECRET } = read;
  return {
    ...read,
    databaseUrl: currentSetting(env, 'DATABASE_URL', DATABASE_URL),
    redisUrl: REDIS_URL === undefined ? undefined : currentSetting(env, 'REDIS_URL', REDIS_URL),
    internalSecrets: changingSecret(currentSetting(env, 'INTERNAL_SECRET', INTERNAL_SECRET)),
  };
}
