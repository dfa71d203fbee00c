import { openAccounts } from '../account.ts';
import { type Place, platformAt } from '../platform.ts';
import { ChapterReader, contentIsBack } from './chapter.reader.ts';
import { allReady, killAround, type Victim } from './killer.ts';
import type { Tally } from './patient.client.ts';
import { randomOf } from './random.ts';
import { Writer } from './writer.ts';

export interface DurabilityOptions {
  readonly seed: number;
  readonly writers: number;
  readonly kills: number;
  /** Between two kills at least and at most, ms. What falls again within half a minute is started later each time. */
  readonly gap: readonly [number, number];
  readonly readers: number;
  /** Go on until so many writes are acknowledged and requests sent, also after the last kill. */
  readonly atLeast: { readonly writes: number; readonly requests: number };
}

export interface DurabilityReport extends Tally {
  readonly seed: number;
  readonly acknowledged: number;
  readonly kills: Readonly<Record<Victim, number>>;
  /** After each of its kills: seconds until content served again. */
  readonly contentBack: readonly number[];
  /** What was acknowledged and is not there as it was, or is there and was not acknowledged. */
  readonly differences: readonly string[];
  readonly seconds: number;
}

/**
 * Readers write through the gateway while what keeps and answers them is killed at random. A kill takes a process away,
 * not the machine: what the system had taken for the disk survives it.
 */
export async function runDurability(
  place: Place,
  { seed, writers, readers, atLeast, ...plan }: DurabilityOptions,
): Promise<DurabilityReport> {
  const platform = platformAt(place);
  const tally: Tally = {
    ...{ requests: 0, unanswered: 0, refused: 0, unwelcome: 0, replayed: 0 },
    faults: [],
  };
  const accounts = await openAccounts(place, writers);
  const all = accounts.map((account, i) => new Writer(account, randomOf(seed + i + 1), tally));
  const acknowledged = (): number => all.reduce((sum, writer) => sum + writer.acknowledged, 0);
  const start = performance.now();
  let killing = true;
  const wanted = (): boolean =>
    killing || acknowledged() < atLeast.writes || tally.requests < atLeast.requests;
  const reading = await Promise.all(
    Array.from({ length: readers }, (_, i) =>
      ChapterReader.open(platform.origin, `127.1.0.${i + 1}`, tally),
    ),
  );
  const working = Promise.all([
    ...all.map((writer) => writer.write(wanted)),
    ...reading.map((reader) => reader.read(wanted)),
  ]);
  const back: Promise<number>[] = [];
  const killed = killAround(platform, randomOf(seed), plan, (victim) => {
    if (victim === 'content') back.push(contentIsBack(`http://localhost:${place.portBase + 20}`));
  }).finally(() => {
    killing = false;
  });
  const [counts] = await Promise.all([killed, working]);
  const seconds = (performance.now() - start) / 1000;
  await allReady(platform);
  const differences = (await Promise.all(all.map((writer) => writer.compare()))).flat();
  const contentBack = await Promise.all(back);
  const writes = acknowledged();
  return { ...tally, seed, acknowledged: writes, kills: counts, contentBack, differences, seconds };
}
