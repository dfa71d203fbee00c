import type { Config } from '../config.ts';
import { lookAtBackups } from './findings/backup.probe.ts';
import { lookAtDatabase } from './findings/database.probe.ts';
import { lookAtGraph } from './findings/graph.probe.ts';
import { lookAtServices } from './findings/service.probe.ts';
import type { Look } from './look.ts';

/** Looks everywhere at once. Changes nothing. */
export async function lookAround(config: Config): Promise<Look> {
  const start = performance.now();
  const [services, graph, database, backups] = await Promise.all([
    lookAtServices(config),
    lookAtGraph(config),
    lookAtDatabase(config),
    lookAtBackups(config),
  ]);
  return {
    findings: [...services.findings, ...graph.findings, ...database.findings, ...backups.findings],
    services: services.look,
    graph: graph.look,
    database: database.look,
    backups: backups.look,
    seconds: (performance.now() - start) / 1000,
  };
}
