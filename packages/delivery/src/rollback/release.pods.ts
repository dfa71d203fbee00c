import { z } from 'zod';
import type { Kube } from '../argocd/kube.port.ts';
import type { ImageSet } from '../ship/image.set.ts';

const containerStatus = z.object({
  image: z.string(),
  restartCount: z.number().default(0),
  state: z
    .object({
      waiting: z
        .object({ reason: z.string().default(''), message: z.string().default('') })
        .optional(),
      terminated: z.object({ exitCode: z.number() }).optional(),
    })
    .default({}),
});
const pods = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({ containers: z.array(z.object({ image: z.string() })) }),
      status: z.object({
        containerStatuses: z.array(containerStatus).default([]),
        initContainerStatuses: z.array(containerStatus).default([]),
      }),
    }),
  ),
});
const PULL = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'RegistryUnavailable',
]);
/** Of a registry that is not there, or not well; else it answers and does not have the image, or does not give it. */
const AWAY =
  /connection refused|connection reset|i\/o timeout|no such host|no route to host|network is unreachable|TLS handshake timeout|deadline exceeded|unexpected status.*: 5\d\d|EOF/;

/** What hinders pods that run images of a set. */
export interface PodTrouble {
  /** What falls again and again; undefined: nothing. */
  falls: string | undefined;
  unpullable: { words: string; isRegistryAway: boolean } | undefined;
}

/** Looks at the pods of a namespace that are to run images of this set. @throws OperatorError */
export async function findPodTrouble(platform: Kube, set: ImageSet): Promise<PodTrouble> {
  return podTrouble(JSON.parse(await platform.run(['get', 'pods', '-o', 'json'])), set);
}

/** @param answer of `kubectl get pods -o json` */
export function podTrouble(answer: unknown, set: ImageSet): PodTrouble {
  const own = new Set(
    Object.values(set).map(({ repository, digest }) => `${repository}@${digest}`),
  );
  const containers = pods.parse(answer).items.flatMap(({ metadata: { name }, spec, status }) =>
    spec.containers.some(({ image }) => own.has(image))
      ? [...status.initContainerStatuses, ...status.containerStatuses].map((one) => ({
          name,
          ...one,
        }))
      : [],
  );
  const unpulled = containers.find(({ state }) => PULL.has(state.waiting?.reason ?? ''));
  const fallen = containers.find(
    ({ state, restartCount }) =>
      state.waiting?.reason === 'CrashLoopBackOff' ||
      (restartCount > 0 && state.terminated !== undefined && state.terminated.exitCode !== 0),
  );
  const words = (unpulled?.state.waiting?.message ?? '').replace(/\s+/g, ' ').trim();
  return {
    falls: fallen && `${fallen.name} falls, and was started again ${fallen.restartCount} times`,
    unpullable: unpulled && {
      words: `${unpulled.name}: ${words || unpulled.state.waiting?.reason}`,
      isRegistryAway: AWAY.test(words),
    },
  };
}
