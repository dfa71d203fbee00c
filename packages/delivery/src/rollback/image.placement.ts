import { OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';
import type { Kube } from '../argocd/kube.port.ts';
import type { ImageSet } from '../ship/image.set.ts';

const KINDS = 'deployments,statefulsets,cronjobs';
const container = z.object({ name: z.string(), image: z.string() });
const podTemplate = z.object({ spec: z.object({ containers: z.array(container) }) });
const workloads = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      metadata: z.object({ name: z.string() }),
      spec: z.union([
        z.object({ template: podTemplate }),
        z.object({
          jobTemplate: z.object({ spec: z.object({ template: podTemplate }) }),
        }),
      ]),
    }),
  ),
});

/** A container that runs another image than it should. */
export interface Misplaced {
  resource: string;
  container: string;
  image: string;
}

/**
 * Puts the images of a set into the workloads of a namespace and waits until each is rolled out.
 * @returns the names of the workloads that were changed
 * @throws OperatorError when one does not come up
 */
export async function placeImages(
  platform: Kube,
  set: ImageSet,
  timeoutSeconds: number,
): Promise<readonly string[]> {
  const misplaced = await findMisplaced(platform, set);
  for (const { resource, container, image } of misplaced) {
    await platform.run(['set', 'image', resource, `${container}=${image}`]);
  }
  const resources = [...new Set(misplaced.map(({ resource }) => resource))];
  const rolling = resources.filter((resource) => !resource.startsWith('cronjob/'));
  await Promise.all(
    rolling.map((resource) =>
      platform.run(['rollout', 'status', resource, `--timeout=${timeoutSeconds}s`], {
        timeoutSeconds: timeoutSeconds + 5,
      }),
    ),
  );
  return resources;
}

/** @throws OperatorError where something runs another image than the set has */
export async function assertPlaced(platform: Kube, set: ImageSet): Promise<void> {
  const misplaced = await findMisplaced(platform, set);
  if (misplaced.length === 0) return;
  throw new OperatorError(
    `Something else put other images back: ${misplaced.map(({ resource }) => resource).join(', ')}.`,
    'Look at who else deploys into this namespace (`kubectl get applications -A`), then run it again.',
  );
}

/** What runs another image than the set has. @throws OperatorError */
export async function findMisplaced(platform: Kube, set: ImageSet): Promise<readonly Misplaced[]> {
  const { items } = workloads.parse(JSON.parse(await platform.run(['get', KINDS, '-o', 'json'])));
  const wanted = new Map(
    Object.values(set).map(({ repository, digest }) => [
      repository.split('/').at(-1),
      `${repository}@${digest}`,
    ]),
  );
  return items.flatMap(({ kind, metadata, spec }) => {
    const { containers } =
      'template' in spec ? spec.template.spec : spec.jobTemplate.spec.template.spec;
    return containers.flatMap(({ name, image }) => {
      const right = wanted.get(repositoryName(image));
      if (right === undefined || right === image) return [];
      const resource = `${kind.toLowerCase()}/${metadata.name}`;
      return [{ resource, container: name, image: right }];
    });
  });
}

/** `host:port/path/gospelib-content@sha256:…` → `gospelib-content` */
function repositoryName(image: string): string {
  const [path = ''] = image.split('@');
  return path.split('/').at(-1)?.split(':')[0] ?? '';
}
