import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { platform } from '@gospelib/platform';
import { expect, it } from 'vitest';
import { observabilityFiles } from './observability.files.ts';

const root = resolve(import.meta.dirname, '../../../..');
const files = observabilityFiles(platform);

it.each(Object.entries(files))('%s is what this package makes of it', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(text);
});

it('has no file that this package does not make', () => {
  const folder = join(root, 'infra/observability');
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  expect(found.sort()).toEqual(Object.keys(files).sort());
});
