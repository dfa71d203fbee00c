import { runService } from '@gospelib/service-kit';
import { buildApp, identity } from './app.ts';
import { readConfig } from './config.ts';

await runService(identity, () => readConfig(process.env), buildApp);
