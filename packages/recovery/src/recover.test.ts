import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment, RecoveryLock, Release } from '@gospelib/environment';
import { scratchFolder } from '@gospelib/testkit';
import { expect, test } from 'vitest';
import { type Dependencies, type RecoverOptions, recover } from './recover.ts';
import type { GraphSnapshot, Snapshot } from './snapshot/snapshot.types.ts';
import type { Step } from './steps/step.ts';

const version = `${'a'.repeat(12)}-default`;
const before = `${'b'.repeat(12)}-default`;

function applied(name: string) {
  const loses = name === '0002_t' ? 'labels' : null;
  return {
    name,
    state: 'applied',
    reversible: true,
    loses,
    irreversibleBecause: undefined,
  } as const;
}

function releaseAt(root: string, study: string): Release {
  return { at: 'then', root, commit: undefined, migrations: { study }, cameUp: true };
}

function snapshotOf(graph: Partial<GraphSnapshot>, badRelease = false): Snapshot {
  const whole: GraphSnapshot = {
    wanted: version,
    sound: true,
    known: true,
    attestation: undefined,
    missingIndexes: false,
    replicaWhole: false,
    quarantined: false,
    othersWhole: [before],
    remembered: undefined,
    busy: false,
    ...graph,
  };
  const broken = !whole.sound || badRelease;
  return {
    findings: broken
      ? [{ kind: 'graph-damaged', level: 'fault', subject: version, text: 'It is damaged.' }]
      : [],
    services: {
      supervised: true,
      failing: badRelease ? ['study'] : [],
      releases: badRelease ? [releaseAt('/bad', '0002_t'), releaseAt('/good', '0001_s')] : [],
    },
    provider: undefined,
    release: undefined,
    graph: whole,
    database: {
      schemas: [
        {
          schema: 'study',
          migrations: [applied('0001_s'), applied('0002_t')],
          roleRefused: false,
          lost: [],
          isGone: false,
          rows: {},
        },
      ],
    },
    backups: {
      graph: [{ id: 'graph-1', version, createdAt: 'then', digest: 'd' }],
      database: [{ id: 'database-1', createdAt: 'then', schemas: ['study'], rows: {} }],
      unverified: undefined,
    },
    disk: { hindered: [] },
    goneRows: [],
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
  const areReadersServed = async () => true;
  const takeSnapshot = async () => looks[Math.min(turn++, looks.length - 1)] as Snapshot;
  return { done, dependencies: { takeSnapshot, areReadersServed, steps } satisfies Dependencies };
}

function run(
  dependencies: Dependencies,
  options: Partial<RecoverOptions> = {},
  dataDir = scratchFolder(),
  lockRecovery: Environment['lockRecovery'] = async () => ({ release: () => undefined }),
) {
  // The order of things stands on the dependencies: of the environment only the folder of records and the lock are used.
  const environment: Pick<Environment, 'recordFolder' | 'lockRecovery'> = {
    recordFolder: join(dataDir, 'incidents'),
    lockRecovery,
  };
  const said: string[] = [];
  const usual = {
    execute: true,
    agrees: async () => false,
    say: (line: string) => said.push(line),
  };
  return recover(environment as Environment, { ...usual, ...options }, dependencies).then(
    (incident) => ({
      incident,
      said,
    }),
  );
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
  expect(done.slice(1)).toEqual(['restore-graph graph-1', `reingest ${version}`]);
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
  expect(said.join('\n')).toContain('0002_t loses labels');
  const agreed = dependenciesOf([lost, whole]);
  const second = await run(agreed.dependencies, { agrees: async () => true });
  expect([second.incident.outcome, agreed.done]).toEqual([
    'recovered',
    ['backup-database database', 'roll-back-migrations study:0001_s', 'start-release /good'],
  ]);
});

const blind: Snapshot = {
  ...whole,
  database: undefined,
  findings: [{ kind: 'unknown', level: 'unknown', subject: 'database', text: 'Unknown.' }],
};

test.each([true, false])(
  'what cannot be looked at is neither well nor wrong (%s)',
  async (execute) => {
    const { dependencies } = dependenciesOf([blind]);
    expect((await run(dependencies, { execute })).incident.outcome).toBe('unknown');
  },
);

test('a part that cannot be looked at does not keep another from being repaired', async () => {
  const { dependencies, done } = dependenciesOf([
    { ...damaged, database: undefined, findings: [...damaged.findings, ...blind.findings] },
    blind,
  ]);
  expect((await run(dependencies)).incident.outcome).toBe('unknown');
  expect(done).toEqual([`quarantine ${version}`, 'restore-graph graph-1']);
});

test('readers are said to be served before a routine backup is taken, once', async () => {
  const old: Snapshot = {
    ...whole,
    findings: [{ kind: 'backup-old', level: 'warning', subject: 'database', text: 'Old.' }],
  };
  const { dependencies } = dependenciesOf([
    { ...damaged, findings: [...damaged.findings, ...old.findings] },
    old,
    whole,
  ]);
  const { incident, said } = await run(dependencies);
  const [served, backup] = [/^Readers are served again at \d\d:\d\d:\d\d/, /^Back the database up/];
  const order = said.filter((line) => served.test(line) || backup.test(line));
  expect(order.map((line) => served.test(line))).toEqual([true, false, false]);
  expect(incident.servedSeconds).toBeGreaterThan(0);
});

test('what failed is shown as it is afterwards', async () => {
  const worse = snapshotOf({ sound: false, quarantined: true });
  const failing = ['restore-graph', 'reingest', 'activate'];
  const { dependencies } = dependenciesOf([damaged, worse], failing);
  const found: unknown[] = [];
  const { incident } = await run(dependencies, { found: (round) => found.push(round) });
  expect(incident.rounds.map(({ steps }) => steps.length)).toEqual([4, 0]);
  expect(found).toEqual(incident.rounds);
});

test('an incident that cannot be written is told whole', async () => {
  const dataDir = scratchFolder();
  writeFileSync(join(dataDir, 'incidents'), 'no folder');
  const { dependencies } = dependenciesOf([damaged, whole]);
  const { incident, said } = await run(dependencies, {}, dataDir);
  expect(incident.outcome).toBe('recovered');
  expect(said.at(-1)).toMatch(/cannot be written.*# Incident of.*\| Restore/s);
});

const since = '2026-05-01T10:00:00.000Z';

test('a second recovery says who is at work since when, and waits for it', async () => {
  const { dependencies, done } = dependenciesOf([damaged, whole]);
  const turns: RecoveryLock[] = [];
  let released = 0;
  const lockRecovery = async () => {
    if (turns.length === 0) {
      turns.push({
        release: () => {
          released += 1;
        },
      });
      return { who: 'process 4711 of this machine', since };
    }
    expect(done).toEqual([]);
    return turns[0] as RecoveryLock;
  };
  const { incident, said } = await run(dependencies, {}, scratchFolder(), lockRecovery);
  expect(said[0]).toContain(`process 4711 of this machine, since ${since}`);
  expect([incident.outcome, released]).toEqual(['recovered', 1]);
});

test('a second recovery that is not to wait fails, and changes nothing', async () => {
  const { dependencies, done } = dependenciesOf([damaged, whole]);
  const busy = async () => ({ who: 'process 4711 of this machine', since });
  const running = run(dependencies, { noWait: true }, scratchFolder(), busy);
  await expect(running).rejects.toMatchObject({
    exitCode: 4,
    what: expect.stringContaining('4711'),
  });
  expect(done).toEqual([]);
});

test('where the lock cannot be written nothing is repaired, and what is wrong is told', async () => {
  const { dependencies, done } = dependenciesOf([damaged]);
  const full = () => Promise.reject(new Error('ENOSPC: no space left on device'));
  const { incident, said } = await run(dependencies, {}, scratchFolder(), full);
  expect([incident.outcome, incident.executed, done]).toEqual(['failed', false, []]);
  expect(said[0]).toContain('no space left on device');
});

const goneRows = (has: number): Snapshot['goneRows'] => [
  { table: 'study.notes', has, had: 40, plausible: has > 0, backup: 'database-1', since: 'then' },
];

test('rows that readers may have deleted are passed over without an agreement, and keep nothing else from being mended', async () => {
  const { dependencies, done } = dependenciesOf([
    { ...damaged, goneRows: goneRows(3) },
    { ...whole, goneRows: goneRows(3) },
  ]);
  const { incident, said } = await run(dependencies);
  expect(incident.outcome).toBe('recovered');
  expect(done.some((step) => step.startsWith('merge-rows'))).toBe(false);
  expect(said.join('\n')).toContain('Passed over without agreement');

  const nothingElse = dependenciesOf([{ ...whole, goneRows: goneRows(3) }]);
  expect((await run(nothingElse.dependencies)).incident.outcome).toBe('healthy');
  const agreed = dependenciesOf([{ ...whole, goneRows: goneRows(3) }, whole]);
  await run(agreed.dependencies, { agrees: async () => true });
  expect(agreed.done.at(-1)).toBe('merge-rows study:database-1:notes');
});

test('a table of which nothing is left needs a person', async () => {
  const { dependencies } = dependenciesOf([{ ...whole, goneRows: goneRows(0) }]);
  expect((await run(dependencies)).incident.outcome).toBe('refused');
});
