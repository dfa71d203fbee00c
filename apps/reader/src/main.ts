import { fileURLToPath } from 'node:url';
import { runService } from '@gospelib/service-kit';
import { buildApp, identity } from './server/app.ts';
import { readConfig } from './server/config.ts';

/** Beside the bundle; from the source, where the build puts it. */
const webFolder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../dist/web' : 'web', import.meta.url),
);

await runService(identity, () => readConfig(process.env, webFolder), buildApp);
