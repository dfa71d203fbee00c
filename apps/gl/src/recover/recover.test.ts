import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { scratchFolder } from '../testing/cli.ts';
import type { GraphLook, Look } from './look.ts';
import { type Means, type RecoverOptions, recover } from './recover.ts';
import type { Step } from './steps/step.ts';

const version = `${'a'.repeat(12)}-default`;
const before = `${'b'.repeat(12)}-default`;

function lookAt(graph: Partial<GraphLook>, lost = false): Look {
  const whole: GraphLook = {
    wanted: version,
    sound: true,
    known: true,
    missingIndexes: false,
    spareWhole: false,
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
function meansOf(looks: readonly Look[], failing: readonly string[] = []) {
  const done: string[] = [];
  let turn = 0;
  const step =
    (name: string): Step =>
    async (_, subject) => {
      done.push(`${name} ${subject}`);
      if (failing.includes(name)) throw new Error(`${name} cannot`);
      return `${name} was done.`;
    };
  const steps = new Proxy({} as Means['steps'], { get: (_, name) => step(String(name)) });
  const look = async () => looks[Math.min(turn++, looks.length - 1)] as Look;
  return { done, means: { look, steps } satisfies Means };
}

function run(means: Means, options: Partial<RecoverOptions> = {}, dataDir = scratchFolder()) {
  const config = readConfig({ data: dataDir }, {});
  const said: string[] = [];
  const usual = {
    execute: true,
    agrees: async () => false,
    say: (line: string) => said.push(line),
  };
  return recover(config, { ...usual, ...options }, means).then((incident) => ({ incident, said }));
}

const damaged = lookAt({ sound: false });
const whole = lookAt({});

test('nothing is done where nothing is wrong, and nothing is written', async () => {
  const dataDir = scratchFolder();
  const { means, done } = meansOf([whole]);
  const { incident } = await run(means, {}, dataDir);
  expect([incident.outcome, done]).toEqual(['healthy', []]);
  expect(existsSync(join(dataDir, 'incidents'))).toBe(false);
});

test('without --execute it only proposes', async () => {
  const { means, done } = meansOf([damaged]);
  const { incident } = await run(means, { execute: false });
  expect([incident.outcome, done]).toEqual(['failed', []]);
  expect(incident.rounds[0]?.plans.map(({ row }) => row)).toEqual(['graph-damaged']);
});

test('does it, looks again, and records each step for its owner', async () => {
  const dataDir = scratchFolder();
  const { means, done } = meansOf([damaged, whole]);
  const { incident, said } = await run(means, {}, dataDir);
  expect(incident.outcome).toBe('recovered');
  expect(done).toEqual([`condemn ${version}`, 'restore-graph graph-1']);
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
  const { means, done } = meansOf([damaged, whole], ['restore-graph']);
  const { incident } = await run(means);
  expect(done.slice(1)).toEqual(['restore-graph graph-1', 'reingest packages']);
  expect(incident.outcome).toBe('recovered');
  expect(incident.rounds[0]?.steps.map(({ ok }) => ok)).toEqual([true, false, true]);
});

test('stops where nothing works, and says so', async () => {
  const { means, done } = meansOf([damaged], ['restore-graph', 'reingest', 'activate']);
  const { incident } = await run(means);
  expect(incident.outcome).toBe('failed');
  expect(done).toHaveLength(4);
});

test('does not go in circles when a plan changes nothing', async () => {
  const { means, done } = meansOf([damaged]);
  const { incident } = await run(means);
  expect(incident.outcome).toBe('failed');
  expect(done).toHaveLength(2);
});

test('does nothing that may lose data without agreement', async () => {
  const lost = lookAt({}, true);
  const refused = meansOf([lost]);
  const { incident, said } = await run(refused.means);
  expect([incident.outcome, refused.done]).toEqual(['refused', []]);
  expect(said.join('\n')).toContain('study.notes');
  const agreed = meansOf([lost, whole]);
  const second = await run(agreed.means, { agrees: async () => true });
  expect([second.incident.outcome, agreed.done]).toEqual([
    'recovered',
    ['restore-tables database-1'],
  ]);
});
