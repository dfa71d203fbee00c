import { baseConfig, currentSetting, defineConfig, redisUrlField } from '@gospelib/service-kit';
import { z } from 'zod';

const schema = baseConfig.extend({
  PORT: baseConfig.shape.PORT.default(8400),
  /** Address of the store that holds the graph. */
  FALKORDB_URL: redisUrlField,
  /** Where those who take backups and run drills leave what came of it; without it nothing of that is shown. */
  OPERATIONS_DIR: z.string().min(1).optional(),
  /** Time between two quick checks of the active graph, ms: they find what was lost or added. */
  GRAPH_CHECK_MS: z.coerce.number().int().min(50).max(3_600_000).default(5_000),
  /** Time of a round that recomputes the whole active graph, ms: what was altered is found within two rounds. */
  GRAPH_ROUND_MS: z.coerce.number().int().min(100).max(86_400_000).default(60_000),
});

export type AuditorConfig = z.output<typeof schema> & {
  /** FALKORDB_URL as it is now. */
  graphUrl: () => string;
};

/** @throws ConfigError naming every fault */
export function readConfig(env: Readonly<Record<string, string | undefined>>): AuditorConfig {
  const read = defineConfig(schema, env);
  return { ...read, graphUrl: currentSetting(env, 'FALKORDB_URL', read.FALKORDB_URL) };
}
