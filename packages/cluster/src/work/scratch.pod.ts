import { exitCodes, OperatorError } from '@gospelib/cli-kit';
import type { ScratchStore } from '@gospelib/environment';
import { platform } from '@gospelib/platform';
import { z } from 'zod';
import type { PortForwards } from '../access/port.forward.ts';
import type { Kubectl } from '../kube/kubectl.ts';
import { postgresPod, SCRATCH_OWNER } from './scratch.postgres.ts';

const READY_S = 60;
/** One whose command was killed ends by itself. */
const LIFETIME_S = 3600;

const volumeMount = z.looseObject({ name: z.string() });
const statefulSet = z.object({
  spec: z.object({
    template: z.object({
      spec: z.looseObject({
        containers: z.array(z.looseObject({ volumeMounts: z.array(volumeMount).optional() })),
        volumes: z.array(volumeMount).default([]),
      }),
    }),
    volumeClaimTemplates: z
      .array(z.object({ metadata: z.object({ name: z.string() }) }))
      .default([]),
  }),
});
type StatefulSet = z.output<typeof statefulSet>;

/**
 * An empty store of the very image and settings of the one that serves, as a pod with the same limits and volumes of
 * its own that go with it. Of a PostgreSQL that is managed outside it is the one that the backups’ image has.
 * @param address how the one that serves is reached: with its name and password, the scratch store is, too
 * @throws OperatorError where the namespace runs no such store, or it does not become ready
 */
export async function startScratchPod(
  kubectl: Kubectl,
  forwards: PortForwards,
  store: 'falkordb' | 'postgresql',
  address: () => Promise<string>,
): Promise<ScratchStore> {
  const found = await kubectl.findOne([`statefulset/gospelib-${store}`], statefulSet);
  const spec =
    found !== undefined
      ? specLike(found)
      : store === 'postgresql'
        ? await postgresPod(kubectl)
        : undefined;
  if (spec === undefined) {
    throw new OperatorError(
      `${store} of ${kubectl.target.name} is outside the namespace, which has no image of it: no scratch store can be started there.`,
      'Verify this backup where a scratch store can be started: on a machine with the same keys of backups.',
      { exitCode: exitCodes.refused },
    );
  }
  const name = `gospelib-scratch-${store}-${Date.now().toString(36)}`;
  await kubectl.run(['create', '-f', '-'], { input: JSON.stringify(podOf(name, spec)) });
  const stop = async () => {
    await kubectl.run(['delete', `pod/${name}`, '--wait=false', '--ignore-not-found']);
  };
  try {
    await kubectl.run(['wait', '--for=condition=Ready', `pod/${name}`, `--timeout=${READY_S}s`], {
      timeoutSeconds: READY_S,
    });
    const port = await forwards.to({
      resource: `pod/${name}`,
      port: platform.stores[store].port.usual,
    });
    if (found === undefined) return { url: `${SCRATCH_OWNER}@127.0.0.1:${port}/gospelib`, stop };
    const url = new URL(await address());
    url.port = String(port);
    return { url: url.href, stop };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}

/** What the other keeps on a volume it keeps in a folder of its node. */
function specLike({ spec }: StatefulSet): object {
  const claimed = spec.volumeClaimTemplates.map(({ metadata }) => metadata.name);
  const volumes = spec.template.spec.volumes.map((volume) =>
    'persistentVolumeClaim' in volume ? { name: volume.name, emptyDir: {} } : volume,
  );
  return {
    ...spec.template.spec,
    volumes: [...volumes, ...claimed.map((claim) => ({ name: claim, emptyDir: {} }))],
  };
}

/** No Service selects it. */
function podOf(name: string, spec: object): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { 'app.kubernetes.io/name': 'scratch-store' } },
    spec: { ...spec, restartPolicy: 'Never', activeDeadlineSeconds: LIFETIME_S },
  };
}
