import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { createService, type Service } from '@gospelib/service-kit';
import type { ReaderConfig } from './config.ts';
import { pageRoutes } from './page.routes.ts';

/** The one list of what the reader's server serves: the built pages and their files. */
export async function buildApp(config: ReaderConfig): Promise<Service> {
  const app = await createService({
    name: 'reader',
    config,
    checks: { pages: () => access(join(config.WEB_DIR, 'index.html')) },
  });
  await app.register(pageRoutes, { folder: config.WEB_DIR });
  return app;
}
