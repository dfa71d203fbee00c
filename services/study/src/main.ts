import { runService } from '@gospelib/service-kit';
import { buildApp } from './app.ts';
import { readConfig } from './config.ts';

await runService(() => readConfig(process.env), buildApp);
