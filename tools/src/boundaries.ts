import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type IForbiddenRuleType } from 'dependency-cruiser';

/** What runs in the browser. */
const webCode = {
  path: '^(apps/reader|packages/client)/src/',
  pathNot: ['^apps/reader/src/(server|main)', '\\.test\\.tsx?$'],
};

/** A package imports no others of ours than those it stands on; its tests may. */
function stands(name: string, on: readonly string[], comment: string): IForbiddenRuleType[] {
  const allowed = [name, ...on].join('|');
  return [
    {
      name: `${name}-stands-on-${on.length === 0 ? 'nothing' : 'less'}`,
      severity: 'error',
      comment,
      from: { path: `^packages/${name}/src/`, pathNot: ['\\.test\\.ts$', '/src/testing/'] },
      to: { path: '^packages/', pathNot: `^packages/(${allowed})/` },
    },
  ];
}

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
  ...stands('platform', [], 'The catalogue is pure data.'),
  ...stands('profiles', [], 'V8’s profiles know nothing of who asks for them.'),
  ...stands('job-kit', ['profiles'], 'What a job has beside its work knows nothing of the work.'),
  ...stands('cli-kit', [], 'What every command says and how it ends stands on nothing of ours.'),
  ...stands('processes', ['cli-kit'], 'Processes of a machine know nothing of the platform.'),
  ...stands(
    'workspace',
    ['cli-kit', 'processes'],
    'How a clone is built, checked and rendered knows nothing of the platform.',
  ),
  ...stands('stores', ['cli-kit', 'processes'], 'Embedded stores know nothing of the platform.'),
  ...stands(
    'environment',
    ['cli-kit', 'platform'],
    'The port knows none of its implementations, and nobody who uses it.',
  ),
  ...stands(
    'supervisor',
    ['cli-kit', 'environment', 'platform', 'processes', 'stores', 'workspace'],
    'Who keeps processes running knows no store’s content: what is done with data is handed to it.',
  ),
  ...stands(
    'cluster',
    ['cli-kit', 'environment', 'platform', 'processes'],
    'Who speaks to a cluster knows no store’s content: what is done with data stands on the port.',
  ),
  ...stands(
    'data-ops',
    ['backup', 'cli-kit', 'database', 'environment', 'graph', 'platform'],
    'What is done with data stands on the port, so that it is done the same way everywhere.',
  ),
  ...stands(
    'recovery',
    ['backup', 'cli-kit', 'data-ops', 'database', 'environment', 'graph', 'platform'],
    'Recovery stands on the port, so that clusters join the same rules.',
  ),
  ...stands(
    'delivery',
    ['cli-kit', 'platform', 'processes', 'workspace'],
    'Images are made from the catalogue and the clone; where they run is not known to it.',
  ),
  ...stands(
    'observability',
    ['cli-kit', 'platform'],
    'Objectives, rules, dashboards and the stack know nothing of whoever runs the platform.',
  ),
  ...stands(
    'cloud',
    ['cli-kit', 'platform', 'processes', 'workspace'],
    'What is at the provider is known to Terraform; what runs on it is not known to this package.',
  ),
  {
    name: 'what-serves-knows-no-operator',
    severity: 'error',
    comment: 'Services and their kits run in images, without the packages that operate them.',
    from: {
      path: '^(services|apps/reader|packages/(backup|client|contracts|database|graph|job-kit|profiles|service-kit|tokens))/',
      pathNot: ['\\.test\\.tsx?$', '/src/testing/'],
    },
    to: {
      path: '^packages/(cli-kit|cloud|cluster|data-ops|delivery|environment|observability|processes|recovery|stores|supervisor|workspace)/',
    },
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
