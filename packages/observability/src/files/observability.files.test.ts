import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { observabilityFiles } from './observability.files.ts';

const root = resolve(import.meta.dirname, '../../../..');
const files = observabilityFiles();

it.each(Object.entries(files))('%s is what this package makes of it', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(text);
});

it('has no rule, receiver or dashboard that this package does not make', () => {
  const found = ['prometheus', 'alertmanager', 'grafana/generated'].flatMap((folder) =>
    readdirSync(join(root, 'infra/observability', folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  );
  expect(found.sort()).toEqual(Object.keys(files).sort());
});
