import { baseConfig, defineConfig, httpUrlField } from '@gospelib/service-kit';
import { z } from 'zod';

const schema = baseConfig.extend({
  PORT: baseConfig.shape.PORT.default(3000),
  /** Folder of the built pages. */
  WEB_DIR: z.string(),
  /** Where pages send what happens in them, in Faro's format. Without it nothing is loaded for it, nor sent. */
  FARO_URL: httpUrlField.optional(),
});

export type ReaderConfig = z.output<typeof schema>;

/**
 * @param webFolder the folder in which the build puts the pages; WEB_DIR overrides it
 * @throws ConfigError naming every fault
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  webFolder: string,
): ReaderConfig {
  return defineConfig(schema, { ...env, WEB_DIR: env.WEB_DIR || webFolder });
}
