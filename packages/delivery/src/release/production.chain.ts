import { z } from 'zod';
import type { EnvironmentKube } from '../argocd/kube.port.ts';
import { knownBranch } from '../git/branch.commit.ts';
import { findMisplaced } from '../rollback/image.placement.ts';
import {
  imageSetAt,
  PRODUCTION_BRANCH,
  type ProductionRelease,
  productionReleases,
} from './promotion.commit.ts';

/** So many releases back a pod’s image is looked for. */
const KNOWN = 10;

const pods = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), deletionTimestamp: z.string().optional() }),
      status: z.object({
        containerStatuses: z
          .array(z.object({ name: z.string(), imageID: z.string().default('') }))
          .default([]),
      }),
    }),
  ),
});

/** What a pod really runs, as its node says. */
export interface RunningPod {
  pod: string;
  image: string;
  digest: string;
  /** The newest release that has exactly this image, and its commit; undefined: none of the last ones. */
  release: { tag: string; commit: string } | undefined;
}

/** What production has, from the commit to the pods, and from the pods to the commit. */
export interface ProductionChain {
  /** The newest first, returns to earlier ones among them; the first is what production has. */
  releases: readonly ProductionRelease[];
  images: readonly { name: string; digest: string }[];
  /** Workloads that are to run something else. */
  strangers: readonly string[];
  /** Of images of ours alone; those that are being ended are left out. */
  pods: readonly RunningPod[];
  /** Why git could not be asked: this is what this clone knew last. */
  gitAway: string | undefined;
}

/** Reads the chain both ways: git says what should run, the nodes what does. @throws OperatorError */
export async function readProductionChain(
  root: string,
  { platform }: EnvironmentKube,
): Promise<ProductionChain> {
  const { head, away } = await knownBranch(root, PRODUCTION_BRANCH);
  const releases = head === undefined ? [] : await productionReleases(root, head);
  const [current] = releases;
  const none = { releases, images: [], strangers: [], pods: [], gitAway: away };
  if (current === undefined) return none;
  const known = await Promise.all(
    releases.slice(0, KNOWN).map(async ({ revision, tag, commit }) => ({
      tag,
      commit,
      set: await imageSetAt(root, revision, 'production'),
    })),
  );
  const set = known[0]?.set ?? {};
  const [misplaced, answer] = await Promise.all([
    findMisplaced(platform, set),
    platform.run(['get', 'pods', '--field-selector=status.phase=Running', '-o', 'json']),
  ]);
  return {
    releases,
    images: Object.entries(set).map(([name, { digest }]) => ({ name, digest })),
    strangers: misplaced.map(({ resource }) => resource),
    pods: pods.parse(JSON.parse(answer)).items.flatMap(({ metadata, status }) => {
      const { name: pod, deletionTimestamp } = metadata;
      if (deletionTimestamp !== undefined) return [];
      return status.containerStatuses.flatMap(({ imageID }): RunningPod[] => {
        const [place = '', digest = ''] = imageID.split('@');
        const image = place.split('/').at(-1) ?? '';
        if (!(image in set)) return [];
        const release = known.find(({ set: own }) => own[image]?.digest === digest);
        return [
          { pod, image, digest, release: release && { tag: release.tag, commit: release.commit } },
        ];
      });
    }),
    gitAway: away,
  };
}
