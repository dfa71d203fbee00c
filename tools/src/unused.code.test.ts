import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findUnusedCode } from './unused.code.ts';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'gospelib-unused-')));
  plant('pnpm-workspace.yaml', 'packages:\n  - apps/*\n  - packages/*\n');
  plant('package.json', '{ "name": "planted", "private": true, "type": "module" }');
  plant(
    'packages/planted/package.json',
    '{ "name": "@gospelib/planted", "type": "module", "exports": "./src/index.ts" }',
  );
  plant('packages/planted/src/index.ts', "export { graph } from './graph.store.ts';");
  plant('packages/planted/src/graph.store.ts', 'export const graph = 1;');
  plant(
    'apps/gl/package.json',
    '{ "name": "@gospelib/gl", "type": "module", "dependencies": { "@gospelib/planted": "workspace:*" } }',
  );
  plant('apps/gl/src/main.ts', "import { graph } from '@gospelib/planted';\nconsole.log(graph);");
  mkdirSync(join(root, 'node_modules/@gospelib'), { recursive: true });
  symlinkSync(join(root, 'packages/planted'), join(root, 'node_modules/@gospelib/planted'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

test('a workspace in which everything is used has no fault, and its files are counted', async () => {
  expect(await findUnusedCode(root)).toEqual({ files: 3, unused: [] });
});

test.each([
  [
    'an export',
    'packages/planted/src/graph.store.ts',
    'export const graph = 1;\nexport const spare = 2;',
    'exports: spare in packages/planted/src/graph.store.ts',
  ],
  [
    'an export of the public edge',
    'packages/planted/src/index.ts',
    "export { graph } from './graph.store.ts';\nexport const spare = 2;",
    'exports: spare in packages/planted/src/index.ts',
  ],
  [
    'a type',
    'packages/planted/src/graph.store.ts',
    'export const graph = 1;\nexport type Spare = 2;',
    'types: Spare in packages/planted/src/graph.store.ts',
  ],
  [
    'a file',
    'packages/planted/src/spare.store.ts',
    'export const spare = 2;',
    'files: packages/planted/src/spare.store.ts in packages/planted/src/spare.store.ts',
  ],
  [
    'a dependency',
    'packages/planted/package.json',
    '{ "name": "@gospelib/planted", "type": "module", "exports": "./src/index.ts", "dependencies": { "zod": "1.0.0" } }',
    'dependencies: zod in packages/planted/package.json',
  ],
])('%s that nothing uses is refused', async (_, path, text, fault) => {
  plant(path, text);
  expect((await findUnusedCode(root)).unused).toEqual([fault]);
});

test('a workspace without source files is seen to have none', async () => {
  rmSync(join(root, 'packages'), { recursive: true });
  rmSync(join(root, 'apps'), { recursive: true });
  expect((await findUnusedCode(root)).files).toBe(0);
});
