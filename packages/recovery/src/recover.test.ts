import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '@gospelib/environment';
import { scratchFolder } from '@gospelib/testkit';
import { expect, test } from 'vitest';
import { type Dependencies, type RecoverOptions, recover } from './recover.ts';
import type { GraphSnapshot, Snapshot } from './snapshot/snapshot.types.ts';
import type { Step } from './steps/step.ts';

const version = `${'a'.repeat(12)}-default`;
const before = `${'b'.repeat(12)}-default`;

function snapshotOf(graph: Partial<GraphSnapshot>, lost = false): Snapshot {
  const whole: GraphSnapshot = {
    wanted: version,
    sound: true,
    known: true,
    missingIndexes: false,
    replicaWhole: false,
    quarantined: false,
    othersWhole: [before],
    busy: false,
    ...graph,
  };
  const broken = !whole.sound || lost;
  return {
    findings: broken
      ? [{ kind: 'graph-damaged', level: 'fault', subject: version, text: 'It is damaged.' }]
      : [],
    services: { supervised: true, failing: [], releases: [] },
    graph: whole,
    database: {
      schemas: [
        {
          schema: 'study',
          migrations: [],
          lost: lost ? [{ kind: 'table', name: 'notes', fault: 'missing' }] : [],
        },
      ],
    },
    backups: {
      graph: [{ id: 'graph-1', version, createdAt: 'then' }],
      database: [{ id: 'database-1', createdAt: 'then' }],
      unverified: undefined,
    },
    seconds: 0.1,
  };
}

/** Looks one after the other, the last one again and again; steps that note that they were done, or fail. */
function dependenciesOf(looks: readonly Snapshot[], failing: readonly string[] = []) {
  const done: string[] = [];
  let turn = 0;
  const step =
    (name: string): Step =>
    async (_, subject) => {
      done.push(`${name} ${subject}`);
      if (failing.includes(name)) throw new Error(`${name} cannot`);
      return `${name} was done.`;
    };
  const steps = new Proxy({} as Dependencies['steps'], { get: (_, name) => step(String(name)) });
  const takeSnapshot = async () => looks[Math.min(turn++, looks.length - 1)] as Snapshot;
  return { done, dependencies: { takeSnapshot, steps } satisfies Dependencies };
}

function run(
  dependencies: Dependencies,
  options: Partial<RecoverOptions> = {},
  dataDir = scratchFolder(),
) {
  // The order of things stands on the dependencies: of the environment only the folder of records is used.
  const environment = { recordFolder: join(dataDir, 'incidents') } as Environment;
  const said: string[] = [];
  const usual = {
    execute: true,
    agrees: async () => false,
    say: (line: string) => said.push(line),
  };
  return recover(environment, { ...usual, ...options }, dependencies).then((incident) => ({
    incident,
    said,
  }));
}

const damaged = snapshotOf({ sound: false });
const whole = snapshotOf({});

test('nothing is done where nothing is wrong, and nothing is written', async () => {
  const dataDir = scratchFolder();
  const { dependencies, done } = dependenciesOf([whole]);
  const { incident } = await run(dependencies, {}, dataDir);
  expect([incident.outcome, done]).toEqual(['healthy', []]);
  expect(existsSync(join(dataDir, 'incidents'))).toBe(false);
});

test('without --execute it only proposes', async () => {
  const { dependencies, done } = dependenciesOf([damaged]);
  const { incident } = await run(dependencies, { execute: false });
  expect([incident.outcome, done]).toEqual(['failed', []]);
  expect(incident.rounds[0]?.plans.map(({ rule }) => rule)).toEqual(['graph-damaged']);
});

test('does it, looks again, and records each step for its owner', async () => {
  const dataDir = scratchFolder();
  const { dependencies, done } = dependenciesOf([damaged, whole]);
  const { incident, said } = await run(dependencies, {}, dataDir);
  expect(incident.outcome).toBe('recovered');
  expect(done).toEqual([`quarantine ${version}`, 'restore-graph graph-1']);
  const folder = join(dataDir, 'incidents');
  const [json = '', md = ''] = readdirSync(folder).sort();
  expect(JSON.parse(readFileSync(join(folder, json), 'utf8'))).toEqual(incident);
  const text = readFileSync(join(folder, md), 'utf8');
  expect(text).toContain('Outcome: **recovered**');
  expect(text).toContain('| Restore');
  expect(text).toContain('Nothing is wrong.');
  expect(statSync(join(folder, md)).mode & 0o777).toBe(0o600);
  expect(said.at(-1)).toContain(folder);
});

test('what fails is followed by what is to be done instead', async () => {
  const { dependencies, done } = dependenciesOf([damaged, whole], ['restore-graph']);
  const { incident } = await run(dependencies);
  expect(done.slice(1)).toEqual(['restore-graph graph-1', 'reingest packages']);
  expect(incident.outcome).toBe('recovered');
  expect(incident.rounds[0]?.steps.map(({ ok }) => ok)).toEqual([true, false, true]);
});

test('stops where nothing works, and says so', async () => {
  const { dependencies, done } = dependenciesOf(
    [damaged],
    ['restore-graph', 'reingest', 'activate'],
  );
  const { incident } = await run(dependencies);
  expect(incident.outcome).toBe('failed');
  expect(done).toHaveLength(4);
});

test('does not go in circles when a plan changes nothing', async () => {
  const { dependencies, done } = dependenciesOf([damaged]);
  const { incident } = await run(dependencies);
  expect(incident.outcome).toBe('failed');
  expect(done).toHaveLength(2);
});

test('does nothing that may lose data without agreement', async () => {
  const lost = snapshotOf({}, true);
  const refused = dependenciesOf([lost]);
  const { incident, said } = await run(refused.dependencies);
  expect([incident.outcome, refused.done]).toEqual(['refused', []]);
  expect(said.join('\n')).toContain('study.notes');
  const agreed = dependenciesOf([lost, whole]);
  const second = await run(agreed.dependencies, { agrees: async () => true });
  expect([second.incident.outcome, agreed.done]).toEqual([
    'recovered',
    ['restore-tables database-1'],
  ]);
});
