import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { digest, learnRightAnswers } from '../drills/load/readers.ts';
import { pick } from '../drills/load/reading.list.ts';
import { ask } from '../http.client.ts';
import { noCluster } from './cluster.images.ts';
import { ingestJob, runJobAgain } from './cluster.job.ts';
import { clusterPlace } from './cluster.place.ts';
import { inSeconds, record } from './figures.ts';
import { kubectl } from './kubectl.ts';
import { type Operator, openOperator } from './operator.ts';

const READERS = 8;
const PAUSE_MS = 50;
const JOB = 'another-corpus';

/** Runs in the image of the ingest: the same texts, but for one word in each file, with the checksums of these. */
const makeAnother = `
const { cpSync, readFileSync, readdirSync, writeFileSync } = require('node:fs');
const { createHash } = require('node:crypto');
const { spawnSync } = require('node:child_process');
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
cpSync('/app', '/tmp/app', { recursive: true });
const folder = '/tmp/app/node_modules/@bencrowder/scriptures-json/';
let program = readFileSync('/tmp/app/main.js', 'utf8');
for (const name of readdirSync(folder).filter((one) => one !== 'package.json')) {
  const before = readFileSync(folder + name, 'utf8');
  const after = before.replaceAll(' and ', ' And ');
  writeFileSync(folder + name, after);
  program = program.replace(sha256(before), sha256(after));
}
writeFileSync('/tmp/app/main.js', program);
const args = ['/tmp/app/main.js', '--edition', 'default', '--progress', 'none'];
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
process.exit(status ?? 1);
`;

interface Read {
  path: string;
  status: number;
  digest: string;
  askedAt: number;
}

describe.skipIf(noCluster)(`another corpus (${noCluster ?? 'on a cluster'})`, () => {
  const place = inject('place');
  const { namespace, authority } = clusterPlace();
  const origin = `http://localhost:${place.portBase}`;
  let operator: Operator;

  afterAll(async () => {
    operator?.end();
    await kubectl(['delete', 'job', JOB, '--ignore-not-found'], { namespace });
  });

  const versionNow = async () =>
    (await ask(`${origin}/api/v1/corpus`)).json<{ version: string }>().version;

  /** Readers who keep whatever they were answered. */
  function startReading(paths: readonly string[]): () => Promise<Read[][]> {
    let going = true;
    const reader = async (): Promise<Read[]> => {
      const reads: Read[] = [];
      while (going) {
        const path = pick(paths);
        const askedAt = performance.now();
        const answer = await ask(`${origin}/api/v1/${path}`, { once: true, timeout: 10_000 });
        reads.push({ path, status: answer.status, digest: digest(answer.text), askedAt });
        await sleep(PAUSE_MS);
      }
      return reads;
    };
    const all = Promise.all(Array.from({ length: READERS }, reader));
    return () => {
      going = false;
      return all;
    };
  }

  it('is ingested and taken back under readers: each answer is wholly of the one or the other', async () => {
    operator = await openOperator(place, namespace, authority);
    const first = await versionNow();
    const ofFirst = await learnRightAnswers(origin);
    const paths = [...ofFirst.keys()];
    const stop = startReading(paths);
    const start = performance.now();
    const args = ['-e', makeAnother];
    await runJobAgain(await ingestJob(namespace), { namespace, as: JOB, args });
    await expect.poll(versionNow).not.toBe(first);
    const switched = performance.now();
    const ofSecond = await learnRightAnswers(origin);
    const takenBack = performance.now();
    await operator.gl('graph', 'rollback');
    await expect.poll(versionNow).toBe(first);
    const reads = await stop();

    const changed = paths.filter((path) => ofFirst.get(path) !== ofSecond.get(path));
    expect(changed.length).toBeGreaterThan(paths.length / 2);
    const all = reads.flat();
    const wrong = all.filter(
      (one) =>
        one.status !== 200 ||
        ![ofFirst, ofSecond].some((right) => right.get(one.path) === one.digest),
    );
    expect(wrong).toEqual([]);
    // Whoever was answered from the second is not answered from the first again until it is taken back.
    const telling = new Set(changed);
    for (const own of reads) {
      const turn = own.filter(({ path, askedAt }) => telling.has(path) && askedAt < takenBack);
      const from = turn.findIndex(({ path, digest }) => digest === ofSecond.get(path));
      const back = turn.slice(from).filter(({ path, digest }) => digest !== ofSecond.get(path));
      expect([from >= 0, back]).toEqual([true, []]);
    }
    record('another corpus is ingested under 8 readers: until it is read', {
      ...inSeconds((switched - start) / 1000, 120),
      note: `${all.length} reads, 0 failed, 0 mixed; ${changed.length} of ${paths.length} answers differ; taken back by \`graph rollback\``,
    });
  });
});
