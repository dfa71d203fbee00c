import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { platform, serviceNames } from '@gospelib/platform';
import type { ProjectGraph } from 'nx/src/config/project-graph';
import { beforeAll, expect, test } from 'vitest';
import { targetInputs } from '../reads/target.inputs.ts';
import { workspaceGraph } from '../workspace.graph.ts';
import { affectedBy, affectedTargets } from './affected.targets.ts';

const root = resolve(import.meta.dirname, '../../..');
let graph: ProjectGraph;
let inputsOf: Awaited<ReturnType<typeof targetInputs>>;

beforeAll(async () => {
  graph = await workspaceGraph();
  inputsOf = await targetInputs(graph, root);
});

const full = (task: string) => `@gospelib/${task}`;
const projectOf = (task: string) => task.slice(0, task.lastIndexOf(':'));
const everyService = [...serviceNames(platform), ...Object.keys(platform.jobs)];

/** Touched path → targets that must run, projects of which nothing may run. */
const rows: readonly (readonly [path: string, must: readonly string[], not: readonly string[]])[] =
  [
    [
      'services/study/migrations/0001_marks.up.sql',
      ['study:test-int', 'study:build', 'gl:test-int', 'e2e:e2e'],
      ['accounts', 'content', 'reader'],
    ],
    ['docs/operations/rollback.md', ['e2e:test'], everyService],
    ['docs/architecture.md', ['tools:test'], everyService],
    ['docs/glossary.md', [], [...everyService, 'e2e']],
    ['gl', ['e2e:e2e'], everyService],
    [
      'pnpm-lock.yaml',
      ['scripture:test', 'graph:test-int', 'gateway:build', 'reader:build', 'gl:test', 'e2e:e2e'],
      [],
    ],
    ['pnpm-workspace.yaml', ['contracts:test', 'study:test-int', 'content:build', 'e2e:e2e'], []],
    ['package.json', ['scripture:test', 'database:test-int', 'ingest:build'], []],
    [
      'tsconfig.base.json',
      ['tools:typecheck', 'reader:typecheck', 'reader:build', 'gl:test', 'e2e:e2e'],
      [],
    ],
    ['nx.json', ['scripture:test', 'gateway:test-int', 'content:build', 'tools:test'], []],
    ['biome.json', ['tools:lint'], []],
    [
      'packages/contracts/src/study-note.schema.ts',
      ['study:test-int', 'gateway:build', 'reader:build', 'client:test', 'e2e:e2e'],
      ['scripture', 'stores', 'testkit', 'backup'],
    ],
    [
      'packages/scripture/src/canon.ts',
      [
        'scripture:test',
        'content:test-int',
        'ingest:build',
        'study:test',
        'reader:test',
        'e2e:e2e',
      ],
      ['gateway', 'accounts', 'contracts', 'database', 'graph'],
    ],
    [
      'packages/scripture/src/canon.test.ts',
      ['scripture:test'],
      ['gateway', 'accounts', 'contracts', 'database'],
    ],
    ['e2e/src/drills/damage/graph.damage.ts', ['e2e:test', 'e2e:e2e'], [...everyService, 'gl']],
    [
      'packages/platform/src/catalogue.ts',
      ['platform:test', 'supervisor:test-int', 'gl:test', 'tools:test', 'e2e:e2e'],
      ['scripture', 'content', 'study'],
    ],
    [
      'packages/recovery/src/rules/graph.rules.ts',
      ['recovery:test', 'gl:test-int', 'e2e:test', 'e2e:e2e'],
      everyService,
    ],
    [
      'apps/reader/fonts/eb-garamond-roman-basic.woff2',
      ['reader:build', 'reader:test', 'e2e:e2e'],
      ['content', 'gateway', 'accounts', 'study', 'graph'],
    ],
    [
      'apps/reader/src/account/account.entry.css',
      ['reader:build', 'e2e:e2e'],
      ['content', 'gateway', 'gl', 'client'],
    ],
    [
      'services/content/src/config.ts',
      ['content:test', 'content:test-int', 'content:build', 'e2e:e2e'],
      ['study', 'accounts', 'gateway', 'reader', 'graph'],
    ],
    [
      'services/gateway/src/routing/routes.ts',
      ['gateway:test', 'gateway:build', 'e2e:e2e'],
      ['study', 'accounts', 'content', 'reader'],
    ],
    [
      'packages/database/src/index.ts',
      ['database:test-int', 'accounts:test-int', 'study:build', 'gl:test-int', 'e2e:e2e'],
      ['content', 'reader', 'graph', 'scripture'],
    ],
    [
      'packages/testkit/src/index.ts',
      ['testkit:test-int', 'graph:test-int', 'study:test-int'],
      ['scripture', 'contracts', 'client', 'tokens'],
    ],
    ['vitest.config.ts', ['scripture:test', 'reader:test', 'gl:test'], []],
    [
      'vitest.int.config.ts',
      ['graph:test-int', 'study:test-int'],
      ['scripture', 'contracts', 'client'],
    ],
    ['vitest.reporters.ts', ['scripture:test', 'gl:test-int', 'e2e:e2e'], []],
    [
      'rolldown.config.ts',
      ['content:build', 'reader:build', 'e2e:e2e'],
      ['scripture', 'contracts'],
    ],
    ['tools/src/reads/read.recorder.ts', ['scripture:test', 'gl:test-int'], []],
    ['tools/src/boundaries.ts', ['tools:test', 'tools:boundaries'], [...everyService, 'gl']],
    ['e2e/src/bench/load.ts', ['e2e:test', 'e2e:e2e', 'tools:boundaries'], [...everyService, 'gl']],
    ['renovate.json', [], [...everyService, 'gl', 'e2e', 'scripture']],
    ['LICENSE', [], [...everyService, 'gl', 'e2e', 'scripture']],
    ['README.md', [], [...everyService, 'e2e', 'scripture']],
    ['.ci/run', [], [...everyService, 'scripture']],
  ];

test.each(rows)('%s', async (path, must, not) => {
  expect(existsSync(join(root, path)), 'a row of a file that is there').toBe(true);
  const affected = await affectedTargets(graph, [path]);
  expect(must.map(full).filter((task) => !affected.includes(task))).toEqual([]);
  // What `nx affected` chooses would come from the cache all the same if the file were no part of its hash.
  expect(
    must
      .map(full)
      .filter((task) => !inputsOf(projectOf(task), task.split(':')[1] ?? '').files.has(path)),
  ).toEqual([]);
  expect(not.map(full).filter((name) => affected.map(projectOf).includes(name))).toEqual([]);
});

test('a file that is new counts for the project in whose folder it is', async () => {
  const affected = await affectedTargets(graph, ['packages/scripture/src/planted.ts']);
  expect(affected).toContain('@gospelib/scripture:test');
  expect(affected).not.toContain('@gospelib/gateway:test');
});

test('a file of no project affects nothing', async () => {
  expect(await affectedTargets(graph, ['planted/file.txt'])).toEqual([]);
});

/** Touched path → the targets that a workflow runs for it. */
const precise: readonly (readonly [path: string, runs: readonly string[], not: RegExp])[] = [
  ['docs/glossary.md', ['tools:test'], /^(?!@gospelib\/tools:test$)/],
  [
    'services/auditor/src/app.ts',
    ['auditor:test-int', 'e2e:e2e', 'tools:lint'],
    /(study|gl):|auditor:catalogue/,
  ],
  ['services/auditor/src/config.test.ts', ['auditor:test', 'tools:typecheck'], /e2e:e2e|:build/],
];

test.each(precise)('for %s no target runs but those that read it', async (path, runs, not) => {
  const affected = await affectedBy(graph, inputsOf, { there: [path], gone: [] });
  expect(affected).toEqual(expect.arrayContaining(runs.map(full)));
  expect(affected.filter((task) => not.test(task))).toEqual([]);
});

test('for what was deleted all targets of its project run, and of those that stand on it', async () => {
  const gone = ['packages/scripture/src/gone.ts'];
  const affected = await affectedBy(graph, inputsOf, { there: [], gone });
  expect(affected).toEqual(
    expect.arrayContaining(['scripture:test', 'content:build', 'e2e:e2e'].map(full)),
  );
  expect(affected).not.toContain('@gospelib/gateway:test');
});
