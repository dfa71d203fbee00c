import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type IForbiddenRuleType } from 'dependency-cruiser';

/** What runs in the browser. */
const webCode = {
  path: '^(apps/reader|packages/client)/src/',
  pathNot: ['^apps/reader/src/(server|main)', '\\.test\\.tsx?$'],
};

/** The directions of docs/architecture.md, as rules; paths are relative to the repository's root. */
const forbidden: IForbiddenRuleType[] = [
  {
    name: 'no-cycle',
    severity: 'error',
    comment: 'Files that import each other in a loop cannot be understood one at a time.',
    from: {},
    to: { circular: true, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'not-resolvable',
    severity: 'error',
    comment: 'An import that cannot be resolved is not checked by any rule.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'package-imports-app-or-service',
    severity: 'error',
    comment: 'Packages are imported by apps and services, never the other way round.',
    from: { path: '^packages/' },
    to: { path: '^(apps|services|e2e|tools)/' },
  },
  {
    name: 'service-imports-service',
    severity: 'error',
    comment: 'Services talk over HTTP; importing one ties their releases together.',
    from: { path: '^(?:services|apps)/([^/]+)/' },
    to: { path: '^(?:services|apps)/', pathNot: '^(?:services|apps)/$1/' },
  },
  {
    name: 'scripture-is-pure',
    severity: 'error',
    comment: 'The domain imports nothing at run time, not even Node.',
    from: { path: '^packages/scripture/src/', pathNot: '\\.test\\.ts$' },
    to: { pathNot: '^packages/scripture/' },
  },
  {
    name: 'contracts-stand-on-scripture-only',
    severity: 'error',
    comment: 'Contracts describe messages; they know no kit, store or service.',
    from: { path: '^packages/contracts/src/' },
    to: { path: '^packages/', pathNot: '^packages/(contracts|scripture)/' },
  },
  {
    name: 'client-stands-on-contracts',
    severity: 'error',
    comment: 'The client runs in a browser.',
    from: { path: '^packages/client/src/' },
    to: { path: '^packages/', pathNot: '^packages/(client|contracts|scripture)/' },
  },
  {
    name: 'only-tests-import-testkit',
    severity: 'error',
    comment: 'The testkit starts throw-away stores.',
    from: { pathNot: ['\\.test\\.tsx?$', '^packages/testkit/', '^e2e/', '/src/test(ing)?/'] },
    to: { path: '^packages/testkit/' },
  },
  {
    name: 'reach-packages-by-their-edge',
    severity: 'error',
    comment: 'Another package is imported by name: its src/index.ts is its one public edge.',
    from: { path: '^(apps|services|packages)/([^/]+)/' },
    to: { path: '^packages/', pathNot: ['^packages/[^/]+/src/index\\.ts$', '^$1/$2/'] },
  },
  {
    name: 'web-code-stays-in-the-browser',
    severity: 'error',
    comment: 'Pages take types from the contracts; kits and zod would end up in the bundle.',
    from: webCode,
    to: {
      path: ['^packages/(contracts|service-kit|graph|stores)/', '(^|/)node_modules/zod/'],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'web-code-needs-no-node',
    severity: 'error',
    comment: 'A page has no Node under it.',
    from: webCode,
    to: { dependencyTypes: ['core'] },
  },
];

const roots = ['apps', 'services', 'packages', 'e2e', 'tools'];

export interface BoundaryReport {
  /** How many source files of this repository were seen. */
  readonly modules: number;
  /** Workspace projects under the repository of which no file was seen. */
  readonly unseen: readonly string[];
  readonly violations: readonly {
    readonly rule: string;
    readonly from: string;
    readonly to: string;
    readonly why: string;
  }[];
}

/** Checks every import of the repository at `root` against the house's directions. */
export async function checkBoundaries(root: string): Promise<BoundaryReport> {
  const projects = listProjects(root);
  const { output } = await cruise(
    projects.map((project) => join(project, 'src')).filter((path) => existsSync(join(root, path))),
    {
      baseDir: root,
      ruleSet: { forbidden },
      validate: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '(^|/)(dist|generated)/' },
      tsPreCompilationDeps: true,
      enhancedResolveOptions: {
        exportsFields: ['exports'],
        conditionNames: ['import', 'types', 'node', 'default'],
        extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
      },
    },
  );
  if (typeof output === 'string') throw new Error('dependency-cruiser answered text, not a result');
  const seen = output.modules
    .map(({ source }) => source)
    .filter((path) => !path.includes('node_modules'));
  return {
    modules: seen.filter((path) => roots.some((folder) => path.startsWith(`${folder}/`))).length,
    unseen: projects.filter((project) => !seen.some((path) => path.startsWith(`${project}/`))),
    violations: output.summary.violations.map(({ rule, from, to }) => ({
      rule: rule.name,
      from,
      to,
      why: forbidden.find(({ name }) => name === rule.name)?.comment ?? '',
    })),
  };
}

function listProjects(root: string): string[] {
  return roots.flatMap((folder) => {
    const names = readdirSync(join(root, folder), { withFileTypes: true });
    const isProject = names.some(({ name }) => name === 'package.json');
    return isProject
      ? [folder]
      : names.filter((entry) => entry.isDirectory()).map((entry) => `${folder}/${entry.name}`);
  });
}
