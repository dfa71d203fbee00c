import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { createService, type Service, type ServiceIdentity } from '@gospelib/service-kit';
import manifest from '../../package.json' with { type: 'json' };
import type { ReaderConfig } from './config.ts';
import { pageRoutes } from './page.routes.ts';
import { telemetryOf } from './page.words.ts';

export const identity: ServiceIdentity = { name: 'reader', version: manifest.version };

/** The one list of what the reader's server serves: the built pages and their files. */
export async function buildApp(config: ReaderConfig): Promise<Service> {
  const app = await createService({
    ...identity,
    config,
    checks: { pages: () => access(join(config.WEB_DIR, 'index.html')) },
  });
  const { version, revision } = app.build;
  await app.register(pageRoutes, {
    folder: config.WEB_DIR,
    head: telemetryOf(config.FARO_URL, `${version}+${revision}`),
  });
  return app;
}
