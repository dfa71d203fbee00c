import { platform } from '@gospelib/platform';
import { expect, it } from 'vitest';
import { routeTable } from '../routing/route.table.ts';
import { serviceRules } from './service.rules.ts';

it('has rules for the services that the catalogue names to the gateway, and routes to no others', () => {
  const settings = Object.values(platform.services.gateway?.environment ?? {});
  const named = settings.flatMap((one) => (one.from === 'service' ? [one.service] : [])).sort();
  expect(named.length).toBeGreaterThan(3);
  expect(Object.keys(serviceRules).sort()).toEqual(named);
  expect([...new Set(routeTable.map(({ service }) => service))].sort()).toEqual(named);
});
