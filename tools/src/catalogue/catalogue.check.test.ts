import { resolve } from 'node:path';
import { platform, type ServiceEntry } from '@gospelib/platform';
import { expect, test } from 'vitest';
import { findCatalogueFaults, readGuide, renewGuide } from './catalogue.check.ts';

const root = resolve(import.meta.dirname, '../../..');

test('folders, programs, migrations and docs are those of the catalogue', () => {
  expect(Object.keys(platform.services).length).toBeGreaterThan(4);
  expect(findCatalogueFaults(root, platform)).toEqual([]);
});

test('a service that is in the catalogue alone is asked for everywhere', () => {
  const dummy = {
    ...(platform.services.study as ServiceEntry),
    does: 'nothing',
    folder: 'services/dummy',
  };
  const catalogue = { ...platform, services: { ...platform.services, dummy } };
  expect(findCatalogueFaults(root, catalogue)).toEqual([
    'services/dummy/src/main.ts is missing.',
    'services/dummy/src/migrate.main.ts is missing.',
    'services/dummy/package.json is missing.',
    'services/dummy/migrations is missing.',
    'docs/architecture.md does not name dummy.',
    'The table in docs/architecture.md is not what the catalogue makes of it.',
    'infra/docker/docker-bake.hcl is not what the catalogue makes of it.',
  ]);
  expect(renewGuide(readGuide(root), catalogue)).toContain('| dummy | nothing |');
});

test('a service that is not in the catalogue is refused', () => {
  const { gateway: _gone, ...services } = platform.services;
  expect(findCatalogueFaults(root, { ...platform, services })).toContain(
    'services/gateway is not in the catalogue.',
  );
});
