import { baseConfig, currentSetting, defineConfig, redisUrlField } from '@gospelib/service-kit';
import { z } from 'zod';

const schema = baseConfig.extend({
  PORT: baseConfig.shape.PORT.default(8100),
  /** Address of the store that holds the graph. */
  FALKORDB_URL: redisUrlField,
  /** Time between two polls of the pointer, ms. It bounds how long a lost store goes unnoticed. */
  CORPUS_POLL_MS: z.coerce.number().int().min(50).max(10_000).default(200),
  /** Memory for serialised answers, in mebibytes. */
  ANSWER_CACHE_MB: z.coerce.number().int().min(1).max(1024).default(32),
});

export type ContentConfig = z.output<typeof schema> & {
  /** FALKORDB_URL as it is now. */
  graphUrl: () => string;
};

/** @throws ConfigError naming every fault */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ContentConfig {
  const read = defineConfig(schema, env);
  return { ...read, graphUrl: currentSetting(env, 'FALKORDB_URL', read.FALKORDB_URL) };
}
