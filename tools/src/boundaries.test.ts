import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkBoundaries } from './boundaries.ts';

let root: string;

const packages = [
  ...['scripture', 'contracts', 'graph', 'testkit', 'platform', 'cli-kit', 'processes'],
  ...['workspace', 'stores', 'environment', 'supervisor', 'cluster', 'data-ops', 'recovery'],
  'delivery',
  'observability',
  'cloud',
];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gospelib-boundaries-'));
  for (const folder of ['apps', 'services', 'packages', 'e2e', 'tools'])
    mkdirSync(join(root, folder));
  for (const name of packages) plantPackage(name);
  plant('packages/graph/src/inner.ts', 'export const inner = 1;');
  plant(
    'services/content/src/main.ts',
    "import { graph } from '@gospelib/graph';\nexport const main = graph;",
  );
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** A package as the workspace has it: reached by name through node_modules. */
function plantPackage(name: string): void {
  plant(
    `packages/${name}/package.json`,
    JSON.stringify({ name: `@gospelib/${name}`, type: 'module', exports: './src/index.ts' }),
  );
  plant(`packages/${name}/src/index.ts`, `export const ${name.replace('-', '_')} = '${name}';`);
  mkdirSync(join(root, 'node_modules/@gospelib'), { recursive: true });
  symlinkSync(join(root, 'packages', name), join(root, 'node_modules/@gospelib', name));
}

describe('checkBoundaries', () => {
  it('accepts imports that follow the directions, and says how many modules it saw', async () => {
    const report = await checkBoundaries(root);
    expect(report.violations).toEqual([]);
    expect(report.modules).toBe(packages.length + 2);
    expect(report.unseen).toEqual([]);
  });

  it('names a project of which it saw nothing', async () => {
    mkdirSync(join(root, 'packages/empty'));
    expect((await checkBoundaries(root)).unseen).toEqual(['packages/empty']);
  });

  it.each([
    [
      'package-imports-app-or-service',
      'packages/graph/src/bad.ts',
      '../../../services/content/src/main.ts',
    ],
    ['service-imports-service', 'services/gateway/src/main.ts', '../../content/src/main.ts'],
    ['service-imports-service', 'apps/gl/src/main.ts', '../../../services/content/src/main.ts'],
    ['scripture-is-pure', 'packages/scripture/src/bad.ts', 'node:fs'],
    ['contracts-stand-on-scripture-only', 'packages/contracts/src/bad.ts', '@gospelib/graph'],
    ['only-tests-import-testkit', 'services/content/src/bad.ts', '@gospelib/testkit'],
    [
      'reach-packages-by-their-edge',
      'services/content/src/bad.ts',
      '../../../packages/graph/src/inner.ts',
    ],
    ['web-code-stays-in-the-browser', 'apps/reader/src/page.tsx', '@gospelib/contracts'],
    ['web-code-needs-no-node', 'apps/reader/src/page.tsx', 'node:path'],
    ['platform-stands-on-nothing', 'packages/platform/src/bad.ts', '@gospelib/cli-kit'],
    ['cli-kit-stands-on-nothing', 'packages/cli-kit/src/bad.ts', '@gospelib/platform'],
    ['processes-stands-on-less', 'packages/processes/src/bad.ts', '@gospelib/platform'],
    ['workspace-stands-on-less', 'packages/workspace/src/bad.ts', '@gospelib/stores'],
    ['stores-stands-on-less', 'packages/stores/src/bad.ts', '@gospelib/platform'],
    ['environment-stands-on-less', 'packages/environment/src/bad.ts', '@gospelib/supervisor'],
    ['supervisor-stands-on-less', 'packages/supervisor/src/bad.ts', '@gospelib/data-ops'],
    ['cluster-stands-on-less', 'packages/cluster/src/bad.ts', '@gospelib/supervisor'],
    ['data-ops-stands-on-less', 'packages/data-ops/src/bad.ts', '@gospelib/supervisor'],
    ['recovery-stands-on-less', 'packages/recovery/src/bad.ts', '@gospelib/supervisor'],
    ['delivery-stands-on-less', 'packages/delivery/src/bad.ts', '@gospelib/supervisor'],
    ['observability-stands-on-less', 'packages/observability/src/bad.ts', '@gospelib/recovery'],
    ['cloud-stands-on-less', 'packages/cloud/src/bad.ts', '@gospelib/cluster'],
    ['what-serves-knows-no-operator', 'services/content/src/bad.ts', '@gospelib/processes'],
    ['not-resolvable', 'services/content/src/bad.ts', './nowhere.ts'],
  ])('refuses a planted violation: %s', async (rule, path, target) => {
    plant(path, `import * as planted from '${target}';\nexport const x = planted;`);
    const { violations } = await checkBoundaries(root);
    expect(violations).toContainEqual(expect.objectContaining({ rule, from: path }));
  });

  it('lets a page take types from the contracts', async () => {
    plant(
      'apps/reader/src/page.tsx',
      "import type { contracts } from '@gospelib/contracts';\nexport type X = typeof contracts;",
    );
    expect((await checkBoundaries(root)).violations).toEqual([]);
  });

  it('refuses files that import each other', async () => {
    plant('packages/graph/src/a.ts', "import { b } from './b.ts';\nexport const a: unknown = b;");
    plant('packages/graph/src/b.ts', "import { a } from './a.ts';\nexport const b: unknown = a;");
    const { violations } = await checkBoundaries(root);
    expect(violations.map(({ rule }) => rule)).toContain('no-cycle');
  });
});
