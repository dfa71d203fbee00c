import { exitCodes, OperatorError } from '@gospelib/cli-kit';
import type { Release } from '@gospelib/environment';
import { z } from 'zod';
import { workload } from '../kube/kube.objects.ts';
import type { Kubectl } from '../kube/kubectl.ts';
import { imagesOf } from './release.history.ts';

const TIMEOUT_S = 180;
const TRACKING = 'argocd.argoproj.io/tracking-id';

const deployments = z.object({ items: z.array(workload) });

/** Puts the images of a release into the Deployments and waits until each is rolled out. @throws OperatorError */
export async function rollOutImages(kubectl: Kubectl, release: Release): Promise<void> {
  const { items } = await kubectl.get(['deployments'], deployments);
  const wanted = imagesOf(release);
  const changed = items.filter(({ metadata, spec }) => {
    const image = wanted[metadata.name];
    return image !== undefined && image !== spec.template.spec.containers[0]?.image;
  });
  const gone = Object.keys(wanted).filter(
    (name) => !items.some(({ metadata }) => metadata.name === name),
  );
  if (gone.length > 0) {
    throw new OperatorError(
      `The release has ${gone.join(', ')}, which the cluster has no more. Nothing was changed.`,
    );
  }
  const tracked = changed.find(({ metadata }) => metadata.annotations?.[TRACKING] !== undefined);
  if (tracked !== undefined) {
    throw new OperatorError(
      `Argo CD keeps ${tracked.metadata.name} as git has it. Nothing was changed.`,
      'Revert the change of images in git; Argo CD rolls it out.',
      {
        meaning: 'It would undo within seconds what is changed around it.',
        exitCode: exitCodes.refused,
      },
    );
  }
  for (const { metadata, spec } of changed) {
    const container = spec.template.spec.containers[0]?.name;
    await kubectl.run([
      'set',
      'image',
      `deployment/${metadata.name}`,
      `${container}=${wanted[metadata.name]}`,
    ]);
  }
  for (const { metadata } of changed) await waitForRollOut(kubectl, `deployment/${metadata.name}`);
}

/** Replaces the pods of a workload by the way it rolls out, and waits for the new ones. @throws OperatorError */
export async function restartWorkload(kubectl: Kubectl, process: string): Promise<void> {
  const name = `gospelib-${process}`;
  const kinds = ['deployment', 'statefulset'];
  const found = await Promise.all(
    kinds.map((kind) => kubectl.findOne([`${kind}/${name}`], z.object({}))),
  );
  const kind = kinds[found.findIndex((one) => one !== undefined)];
  if (kind === undefined) {
    throw new OperatorError(
      `${process} does not run in the namespace ${kubectl.target.namespace}: there is nothing to restart.`,
      'A managed store is restarted where it is managed.',
      { exitCode: exitCodes.refused },
    );
  }
  await kubectl.run(['rollout', 'restart', `${kind}/${name}`]);
  await waitForRollOut(kubectl, `${kind}/${name}`);
}

async function waitForRollOut(kubectl: Kubectl, resource: string): Promise<void> {
  try {
    await kubectl.run(['rollout', 'status', resource, `--timeout=${TIMEOUT_S}s`], {
      timeoutSeconds: TIMEOUT_S,
    });
  } catch (cause) {
    if (!(cause instanceof OperatorError)) throw cause;
    throw new OperatorError(
      `${resource} is not rolled out: ${cause.what.replace(/^kubectl: /, '')}`,
      `\`./gl --env ${kubectl.target.name} status\` tells why.`,
      { cause, meaning: 'Pods of before that answer go on serving.' },
    );
  }
}
