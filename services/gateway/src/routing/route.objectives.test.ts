import { objectives } from '@gospelib/observability';
import { baseConfig, createService, defineConfig } from '@gospelib/service-kit';
import { expect, it } from 'vitest';
import { routeTable } from './route.table.ts';

it.each(objectives)('counts by itself what the objective $name is about', async (objective) => {
  const app = await createService({
    name: 'trial',
    version: '1',
    config: defineConfig(baseConfig, { PORT: '28000', LOG_LEVEL: 'silent' }),
  });
  for (const path of objective.routes) {
    const rule = routeTable.find((one) => one.path === path);
    expect(rule?.methods, path).toEqual(expect.arrayContaining([...objective.methods]));
    app.metrics.observeRequest(objective.methods[0] ?? '', path, 200, 0.01);
  }
  // A threshold between two buckets would never be counted.
  expect(await app.metrics.registry.metrics()).toContain(`le="${objective.inTime.within}"`);
  await app.close();
});
