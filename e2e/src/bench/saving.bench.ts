import { createHash, randomUUID, randomUUIDv7 } from 'node:crypto';
import autocannon from 'autocannon';
import pg from 'pg';
import { type Account, openAccounts } from '../account.ts';
import { ownerUrl } from '../owner.database.ts';
import type { Place, StartedPlatform } from '../platform.ts';
import { atMost, type Figure } from './figure.ts';
import { median, percentile } from './load.ts';
import type { ServingOptions } from './serving.bench.ts';

const writers = 50;
const path = '/api/v1/study/notes';
const body =
  '{"passage":"alma.32.21","body":"Faith is not a perfect knowledge: see Heb. 11:1.","tags":["faith"]}';
/** As many connections as study has by default for writing. */
const connections = 10;

/** What one bounded, closed-loop load of writers saw. Milliseconds, ascending. */
interface Saving {
  readonly latencies: readonly number[];
  readonly perSecond: number;
  readonly failures: number;
}

/**
 * Fifty readers, each with an account of their own, save one note after the other without a pause. In turns with that:
 * the same at study's own port, and the same rows committed by PostgreSQL with nothing in front. How fast a machine is
 * drops out of the shares, so they tell what the code costs.
 */
export async function benchSaving(
  { place, origin }: StartedPlatform,
  { seconds, rounds }: ServingOptions,
): Promise<Figure[]> {
  const accounts = await openAccounts(place, writers);
  const study = `http://localhost:${place.portBase + 40}`;
  await save(accounts, origin, 2);
  await save(accounts, study, 1);
  const alone = await openAlone(place, accounts);
  const found = { gateway: [] as Saving[], study: [] as Saving[], alone: [] as Saving[] };
  try {
    await alone.commit(1);
    for (let round = 0; round < rounds; round += 1) {
      found.gateway.push(await save(accounts, origin, seconds));
      found.study.push(await save(accounts, study, seconds));
      found.alone.push(await alone.commit(seconds));
    }
  } finally {
    await alone.close();
  }
  const rate = (savings: readonly Saving[]): number =>
    median(savings.map(({ perSecond }) => perSecond));
  const of = (savings: readonly Saving[], share: number): number =>
    median(savings.map(({ latencies }) => percentile(latencies, share)));
  const described = (savings: readonly Saving[]): string =>
    `p50 ${of(savings, 0.5).toFixed(1)} ms, p99 ${of(savings, 0.99).toFixed(1)} ms, ${Math.round(rate(savings))} a second`;
  const failures = Object.values(found)
    .flat()
    .reduce((sum, one) => sum + one.failures, 0);
  return [
    atMost(
      `a note saved, ${writers} writers: p99`,
      of(found.gateway, 0.99),
      'ms',
      40,
      `${described(found.gateway)}; median of ${rounds} × ${seconds} s, each writer an account; the load (autocannon) runs on the same cores`,
    ),
    atMost(
      '  times the p99 of PostgreSQL alone',
      of(found.gateway, 0.99) / of(found.alone, 0.99),
      '',
      1.5,
      'the same rows, in turns',
    ),
    atMost('  answers that failed', failures, '', 0),
    {
      name: "  share of study's rate, asked directly",
      value: rate(found.gateway) / rate(found.study),
      unit: '',
      note: described(found.study),
    },
    {
      name: '  share of the rate of PostgreSQL alone',
      value: rate(found.gateway) / rate(found.alone),
      unit: '',
      note: `${described(found.alone)}: the same rows, ${connections} connections`,
    },
  ];
}

async function save(
  accounts: readonly Account[],
  origin: string,
  seconds: number,
): Promise<Saving> {
  const tokens = await Promise.all(accounts.map((account) => account.token()));
  const waiting = tokens.values();
  const latencies: number[] = [];
  let failures = 0;
  const { errors, timeouts, duration } = await autocannon({
    url: origin,
    connections: tokens.length,
    duration: seconds,
    setupClient(client) {
      const authorization = `Bearer ${waiting.next().value}`;
      client.on('response', (status, _bytes, milliseconds) => {
        latencies.push(milliseconds);
        if (status !== 201) failures += 1;
      });
      const headers = { authorization, 'content-type': 'application/json' };
      client.setRequests([
        {
          method: 'POST',
          path,
          headers,
          body,
          setupRequest: (request) => ({
            ...request,
            headers: { ...headers, 'idempotency-key': randomUUID() },
          }),
        },
      ]);
    },
  });
  latencies.sort((a, b) => a - b);
  return {
    latencies,
    failures: failures + errors + timeouts,
    perSecond: latencies.length / duration,
  };
}

/** PostgreSQL with nothing in front: one row of notes and one of keys a transaction, as study commits them. */
async function openAlone(place: Place, accounts: readonly Account[]) {
  const pool = new pg.Pool({ connectionString: await ownerUrl(place), max: connections });
  const { rows } = await pool.query<Row>(
    `SELECT passage, starts_at, ends_at, body, tags, mentions, answer
     FROM study.notes n JOIN study.idempotency_keys k ON k.answer #>> '{body,id}' = n.id::text
     WHERE n.user_id = $1 AND k.user_id = $1 LIMIT 1`,
    [accounts[0]?.id],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('no note was saved that could be copied');
  const same = [row.passage, row.starts_at, row.ends_at, row.body, row.tags];
  const json = [JSON.stringify(row.mentions), JSON.stringify(row.answer)];
  return {
    close: () => pool.end(),
    async commit(seconds: number): Promise<Saving> {
      const latencies: number[] = [];
      const until = performance.now() + seconds * 1000;
      const write = async ({ id }: Account): Promise<void> => {
        while (performance.now() < until) {
          const start = performance.now();
          const key = randomUUID();
          const fingerprint = createHash('sha256').update(key).digest();
          const values = [id, randomUUIDv7(), Date.now(), key, fingerprint, ...same, ...json];
          await pool.query({ name: 'commit', text: statement, values });
          latencies.push(performance.now() - start);
        }
      };
      await Promise.all(accounts.map(write));
      latencies.sort((a, b) => a - b);
      return { latencies, failures: 0, perSecond: latencies.length / seconds };
    },
  };
}

interface Row {
  readonly passage: string;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly body: string;
  readonly tags: readonly string[];
  readonly mentions: unknown;
  readonly answer: unknown;
}

const statement = `
  WITH kept AS (
    INSERT INTO study.idempotency_keys (user_id, key, fingerprint, answer) VALUES ($1, $4, $5, $12))
  INSERT INTO study.notes (user_id, id, version, created_at, updated_at, passage, starts_at, ends_at, body, tags, mentions)
  VALUES ($1, $2, $3, now(), now(), $6, $7, $8, $9, $10, $11)`;
