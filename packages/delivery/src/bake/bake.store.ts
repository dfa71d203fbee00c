import { OperatorError, waitUntil } from '@gospelib/cli-kit';
import { z } from 'zod';
import { applicationOf, noApplication, parseApplication } from '../argocd/application.client.ts';
import type { BakeCluster } from './bake.cluster.ts';
import { type BakeRecord, bakeRecord, emptyRecord, recordObservation } from './bake.record.ts';

const ATTEMPTS_MS = 10_000;
const configMap = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  data: z.object({ record: z.string() }),
});

/** Beside Argo CD’s Applications, not in the pod of anybody: it outlives whoever looks. */
function nameOf(environment: string): string {
  return `gospelib-bake-${environment}`;
}

/** What is remembered of an environment; an empty record where nobody looked yet. @throws OperatorError */
export async function readBakeRecord(
  cluster: BakeCluster,
  environment: string,
): Promise<BakeRecord> {
  return (await find(cluster, environment))?.record ?? emptyRecord;
}

/**
 * Looks at an environment once and remembers it. Two who look at the same time both count.
 * @param complaint what readers could not do, looked up by whoever calls
 */
export async function observe(
  cluster: BakeCluster,
  environment: string,
  complaint: string | undefined,
  maxGapMs: number,
): Promise<BakeRecord> {
  const name = applicationOf(environment);
  const application = await cluster.find('applications.argoproj.io', name);
  if (application === undefined) throw noApplication(name);
  const { revision, sync, syncedAt, health, healthSince } = parseApplication(application);
  const at = new Date().toISOString();
  const seen = { at, revision, sync, syncedAt, health, healthSince, complaint };
  const written = await waitUntil(
    async () => {
      const before = await find(cluster, environment);
      const after = recordObservation(before?.record ?? emptyRecord, seen, maxGapMs);
      const isWritten = await write(cluster, environment, after, before?.version);
      return isWritten ? after : undefined;
    },
    { timeoutMs: ATTEMPTS_MS, everyMs: 200 },
  );
  if (written !== undefined) return written;
  throw new OperatorError(
    `What was seen of ${environment} could not be written down: others were faster all the time.`,
    'Run it again; one who looks every few minutes is enough.',
  );
}

async function find(
  cluster: BakeCluster,
  environment: string,
): Promise<{ record: BakeRecord; version: string } | undefined> {
  const found = await cluster.find('configmaps', nameOf(environment));
  if (found === undefined) return undefined;
  const { metadata, data } = configMap.parse(found);
  return {
    record: bakeRecord.parse(JSON.parse(data.record)),
    version: metadata.resourceVersion,
  };
}

function write(
  cluster: BakeCluster,
  environment: string,
  record: BakeRecord,
  resourceVersion: string | undefined,
): Promise<boolean> {
  const name = nameOf(environment);
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...(resourceVersion && { resourceVersion }) },
    data: { record: JSON.stringify(record) },
  };
  return cluster.writeConfigMap(name, object, resourceVersion === undefined);
}
