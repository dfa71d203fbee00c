import { expect, test } from 'vitest';
import { type RebuildParts, rebuild, rebuildSteps } from './rebuild.ts';

/** Says its name; the one that is named fails. */
function parts(calls: string[], failing?: string): RebuildParts {
  const part = (name: string) => async () => {
    calls.push(name);
    if (name === failing) throw new Error(`${name} refused`);
    return `${name} is there`;
  };
  return {
    state: part('state'),
    infrastructure: part('infrastructure'),
    cluster: part('cluster'),
    platform: part('platform'),
    gl: (args) => part(args.join(' '))(),
    served: part('served'),
  };
}

const inOrder = [
  'state',
  'infrastructure',
  'cluster',
  'platform',
  'db restore latest --accept-data-loss --keep-passwords',
  'graph restore latest',
  'served',
];

test('each stands on the one before: readers last, data before them, the database before the graph', async () => {
  const calls: string[] = [];
  const done = await rebuild(parts(calls), () => undefined);
  expect(calls).toEqual(inOrder);
  expect(done.map(({ name }) => name)).toEqual(rebuildSteps.map(({ name }) => name));
  expect(done.every(({ ok }) => ok)).toBe(true);
});

test('after a step that failed nothing goes on, and its own words are told', async () => {
  const calls: string[] = [];
  const said: string[] = [];
  const done = await rebuild(parts(calls, 'cluster'), (line) => said.push(line));
  expect(calls).toEqual(['state', 'infrastructure', 'cluster']);
  expect(done.at(-1)).toMatchObject({ name: 'cluster', ok: false, says: 'cluster refused' });
  expect(said.at(-1)).toContain('cluster refused');
});

test('without a backup of the graph the one that the ingest made is verified', async () => {
  const calls: string[] = [];
  const done = await rebuild(parts(calls, 'graph restore latest'), () => undefined, 'graph');
  expect(calls).toEqual(['graph restore latest', 'graph verify', 'served']);
  expect(done[0]?.says).toBe(
    'graph verify is there It is the ingest’s: graph restore latest refused',
  );
});

test('it goes on from where a person says', async () => {
  const calls: string[] = [];
  await rebuild(parts(calls), () => undefined, 'database');
  expect(calls).toEqual(inOrder.slice(4));
});
