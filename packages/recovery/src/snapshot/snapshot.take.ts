import type { Environment } from '@gospelib/environment';
import type { Delivery } from '../delivery.port.ts';
import type { Provider } from '../provider.port.ts';
import { probeBackups } from './backup.probe.ts';
import { probeDatabase } from './database.probe.ts';
import { probeDisk } from './disk.probe.ts';
import { probeGraph } from './graph.probe.ts';
import { probeInfrastructure } from './infra.probe.ts';
import { type Answer, answerOf, type Part, parts } from './probe.answer.ts';
import { probeRelease } from './release.probe.ts';
import { findGoneRows, tellGoneRows } from './rows.gone.ts';
import { probeServices } from './service.probe.ts';
import type { Snapshot } from './snapshot.types.ts';

/** Where to look, and what is told of it. */
export interface LookOptions {
  /** Gets words about what is being looked at. */
  say?(line: string): void;
  /** What delivers releases; undefined: nothing does. */
  delivery?: Delivery | undefined;
  /** What the environment stands on; undefined: it is not asked. */
  provider?: Provider | undefined;
  /** These alone: of all others nothing is known then. */
  only?: readonly Part[];
}

/** Looks everywhere at once. Changes nothing, and never rejects: what cannot be looked at is a finding. */
export async function takeSnapshot(
  environment: Environment,
  { say = () => undefined, delivery, provider, only = parts }: LookOptions = {},
): Promise<Snapshot> {
  const start = performance.now();
  const look = <T>(part: Part, probe: () => Promise<Answer<T>>): Promise<Answer<T>> =>
    only.includes(part)
      ? answerOf(part, probe)
      : Promise.resolve({ snapshot: undefined, findings: [] });
  const [infrastructure, services, release, graph, database, backups, disk] = await Promise.all([
    look('infrastructure', () => probeInfrastructure(provider, say)),
    look('services', () => probeServices(environment, say)),
    look('release', () => probeRelease(delivery, say)),
    look('graph', () => probeGraph(environment, say)),
    look('database', () => probeDatabase(environment, say)),
    look('backups', () => probeBackups(environment, say)),
    look('disk', () => probeDisk(environment, say)),
  ]);
  const goneRows = findGoneRows(database.snapshot, backups.snapshot, new Date());
  return {
    findings: [infrastructure, disk, release, services, graph, database, backups]
      .flatMap(({ findings }) => findings)
      .concat(goneRows.map(tellGoneRows)),
    provider: infrastructure.snapshot,
    services: services.snapshot,
    release: release.snapshot,
    graph: graph.snapshot,
    database: database.snapshot,
    backups: backups.snapshot,
    disk: disk.snapshot,
    goneRows,
    seconds: (performance.now() - start) / 1000,
  };
}
