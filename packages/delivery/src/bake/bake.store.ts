import { OperatorError, waitUntil } from '@gospelib/cli-kit';
import { z } from 'zod';
import { applicationOf, readApplication } from '../argocd/application.client.ts';
import type { Kube } from '../argocd/kube.port.ts';
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
export async function readBakeRecord(argocd: Kube, environment: string): Promise<BakeRecord> {
  return (await find(argocd, environment))?.record ?? emptyRecord;
}

/**
 * Looks at an environment once and remembers it. Two who look at the same time both count.
 * @param complaint what readers could not do, looked up by whoever calls
 */
export async function observe(
  argocd: Kube,
  environment: string,
  complaint: string | undefined,
  maxGapMs: number,
): Promise<BakeRecord> {
  const { revision, sync, syncedAt, health, healthSince } = await readApplication(
    argocd,
    applicationOf(environment),
  );
  const at = new Date().toISOString();
  const seen = { at, revision, sync, syncedAt, health, healthSince, complaint };
  const written = await waitUntil(
    async () => {
      const before = await find(argocd, environment);
      const after = recordObservation(before?.record ?? emptyRecord, seen, maxGapMs);
      const isWritten = await write(argocd, environment, after, before?.version);
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
  argocd: Kube,
  environment: string,
): Promise<{ record: BakeRecord; version: string } | undefined> {
  const text = await argocd.find(['get', 'configmap', nameOf(environment), '-o', 'json']);
  if (text === undefined) return undefined;
  const { metadata, data } = configMap.parse(JSON.parse(text));
  return {
    record: bakeRecord.parse(JSON.parse(data.record)),
    version: metadata.resourceVersion,
  };
}

/** False: somebody else has written since. */
async function write(
  argocd: Kube,
  environment: string,
  record: BakeRecord,
  resourceVersion: string | undefined,
): Promise<boolean> {
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: nameOf(environment), ...(resourceVersion && { resourceVersion }) },
    data: { record: JSON.stringify(record) },
  };
  const verb = resourceVersion === undefined ? 'create' : 'replace';
  try {
    await argocd.run([verb, '-f', '-'], { input: JSON.stringify(object) });
    return true;
  } catch (error) {
    if (
      error instanceof OperatorError &&
      /Conflict|AlreadyExists|modified|already exists/.test(error.what)
    ) {
      return false;
    }
    throw error;
  }
}
