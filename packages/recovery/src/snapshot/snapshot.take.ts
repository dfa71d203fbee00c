import type { Environment } from '@gospelib/environment';
import { probeBackups } from './backup.probe.ts';
import { probeDatabase } from './database.probe.ts';
import { probeGraph } from './graph.probe.ts';
import { probeServices } from './service.probe.ts';
import type { Snapshot } from './snapshot.types.ts';

/** Looks everywhere at once. Changes nothing. */
export async function takeSnapshot(environment: Environment): Promise<Snapshot> {
  const start = performance.now();
  const [services, graph, database, backups] = await Promise.all([
    probeServices(environment),
    probeGraph(environment),
    probeDatabase(environment),
    probeBackups(environment),
  ]);
  return {
    findings: [...services.findings, ...graph.findings, ...database.findings, ...backups.findings],
    services: services.snapshot,
    graph: graph.snapshot,
    database: database.snapshot,
    backups: backups.snapshot,
    seconds: (performance.now() - start) / 1000,
  };
}
