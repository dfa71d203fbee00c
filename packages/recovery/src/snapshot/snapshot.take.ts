import type { Environment } from '@gospelib/environment';
import { probeBackups } from './backup.probe.ts';
import { probeDatabase } from './database.probe.ts';
import { probeDisk } from './disk.probe.ts';
import { probeGraph } from './graph.probe.ts';
import { answerOf } from './probe.answer.ts';
import { findGoneRows, tellGoneRows } from './rows.gone.ts';
import { probeServices } from './service.probe.ts';
import type { Snapshot } from './snapshot.types.ts';

/**
 * Looks everywhere at once. Changes nothing, and never rejects: what cannot be looked at is a finding.
 * @param say gets words about what is being looked at
 */
export async function takeSnapshot(
  environment: Environment,
  say: (line: string) => void = () => undefined,
): Promise<Snapshot> {
  const start = performance.now();
  const [services, graph, database, backups, disk] = await Promise.all([
    answerOf('services', () => probeServices(environment, say)),
    answerOf('graph', () => probeGraph(environment, say)),
    answerOf('database', () => probeDatabase(environment, say)),
    answerOf('backups', () => probeBackups(environment, say)),
    answerOf('disk', () => probeDisk(environment, say)),
  ]);
  const goneRows = findGoneRows(database.snapshot, backups.snapshot, new Date());
  return {
    findings: [disk, services, graph, database, backups]
      .flatMap(({ findings }) => findings)
      .concat(goneRows.map(tellGoneRows)),
    services: services.snapshot,
    graph: graph.snapshot,
    database: database.snapshot,
    backups: backups.snapshot,
    disk: disk.snapshot,
    goneRows,
    seconds: (performance.now() - start) / 1000,
  };
}
