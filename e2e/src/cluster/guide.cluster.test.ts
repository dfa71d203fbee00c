import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { repository } from '../platform.ts';
import { noCluster } from './cluster.images.ts';
import { clusterPlace } from './cluster.place.ts';
import { untilReading } from './cluster.platform.ts';
import { kubectl } from './kubectl.ts';
import { type Operator, openOperator } from './operator.ts';

const text = readFileSync(join(repository, 'docs/operations/staging.md'), 'utf8');
/** What the guide does by gl on a cluster that runs, in its order. */
const commands = [...text.matchAll(/^\.\/gl --env staging ([^#\n]+)/gm)].flatMap(([, words = '']) =>
  words.trim(),
);
/** What has tests of its own: it brings add-ons to an empty cluster. */
const elsewhere = /^cluster bootstrap/;
/** Goes on until it is ended. */
const following = / -f$/;
/** What asks gets its answer; what takes a file gets one. */
const completed: Readonly<Record<string, readonly string[]>> = {
  'db restore latest': ['--accept-data-loss'],
};
const NEXT = 'next-password.txt';

describe.skipIf(noCluster)(`the guide to staging (${noCluster ?? 'on a cluster'})`, () => {
  const place = inject('place');
  const { namespace, authority, origin } = clusterPlace();
  let operator: Operator;
  const file = join(place.data, NEXT);

  beforeAll(async () => {
    writeFileSync(file, 'a-further-password-of-the-graph\n');
    operator = await openOperator(place, namespace, authority);
  });
  afterAll(async () => {
    operator?.end();
    await kubectl(['delete', 'job', 'by-hand', '--ignore-not-found'], { namespace });
  });

  const own = commands.filter((one) => !elsewhere.test(one) && !following.test(one));

  it('names what an operator does', () => {
    expect(own.length).toBeGreaterThan(15);
  });

  it.each(own)('gl --env staging %s', async (command) => {
    const words = command.split(/\s+/).map((word) => (word === NEXT ? file : word));
    const { stdout, stderr } = await operator.gl(...words, ...(completed[command] ?? []));
    expect(stdout + stderr).not.toBe('');
  });

  it('a backup by hand, as it is written there', async () => {
    const [, words = ''] = /kubectl .*(create job --from=\S+ by-hand)/.exec(text) ?? [];
    await kubectl(words.split(' '), { namespace });
    await kubectl(['wait', '--for=condition=Complete', 'job/by-hand', '--timeout=300s'], {
      namespace,
    });
    await untilReading(origin);
  });
});
