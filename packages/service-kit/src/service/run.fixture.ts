import { setTimeout as wait } from 'node:timers/promises';
import { baseConfig } from '../config/base.config.ts';
import { defineConfig } from '../config/define.config.ts';
import { createService } from './create.service.ts';
import { runService } from './run.service.ts';

const identity = { name: 'fixture', version: '1.2.3' };

/** A minimal service, for the tests of `runService`. */
await runService(
  identity,
  () => defineConfig(baseConfig, process.env),
  async (config) => {
    const app = await createService({ ...identity, config });
    app.addHook('onClose', async () => app.log.info('store closed'));
    const closing = Promise.withResolvers<void>();
    app.addHook('preClose', async () => closing.resolve());
    app.get('/slow', async () => {
      app.log.info('slow begun');
      await closing.promise;
      await wait(100);
      app.log.info('slow done');
      return { ok: true };
    });
    app.get('/never', () => {
      app.log.info('never begun');
      return new Promise(() => undefined);
    });
    app.get('/crash', () => {
      setImmediate(() => {
        throw new Error('planted');
      });
      return { ok: true };
    });
    return app;
  },
);
