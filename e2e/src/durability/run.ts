import { openAccounts } from '../account.ts';
import { type Place, platformAt } from '../platform.ts';
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
  /** Go on until so many writes are acknowledged, also after the last kill. */
  readonly atLeast: number;
}

export interface DurabilityReport extends Tally {
  readonly seed: number;
  readonly acknowledged: number;
  readonly kills: Readonly<Record<Victim, number>>;
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
  { seed, writers, atLeast, ...plan }: DurabilityOptions,
): Promise<DurabilityReport> {
  const platform = platformAt(place);
  const tally: Tally = { unanswered: 0, refused: 0, replayed: 0, faults: [] };
  const accounts = await openAccounts(place, writers);
  const all = accounts.map((account, i) => new Writer(account, randomOf(seed + i + 1), tally));
  const acknowledged = (): number => all.reduce((sum, writer) => sum + writer.acknowledged, 0);
  const start = performance.now();
  let killing = true;
  const writing = Promise.all(
    all.map((writer) => writer.write(() => killing || acknowledged() < atLeast)),
  );
  const killed = killAround(platform, randomOf(seed), plan).finally(() => {
    killing = false;
  });
  const [counts] = await Promise.all([killed, writing]);
  const seconds = (performance.now() - start) / 1000;
  await allReady(platform);
  const differences = (await Promise.all(all.map((writer) => writer.compare()))).flat();
  return { ...tally, seed, acknowledged: acknowledged(), kills: counts, differences, seconds };
}
