import type { EnvironmentKube } from '../argocd/kube.port.ts';
import { knownBranch } from '../git/branch.commit.ts';
import { findMisplaced } from '../rollback/image.placement.ts';
import {
  imageSetAt,
  PRODUCTION_BRANCH,
  type ProductionRelease,
  productionReleases,
} from './promotion.commit.ts';

/** What production has, from the commit to the pods. */
export interface ProductionChain {
  /** The newest first, returns to earlier ones among them; the first is what production has. */
  releases: readonly ProductionRelease[];
  images: readonly { name: string; digest: string }[];
  /** Workloads that run something else. */
  strangers: readonly string[];
  /** Why git could not be asked: this is what this clone knew last. */
  gitAway: string | undefined;
}

/** Reads the chain both ways: git says what should run, the cluster what does. @throws OperatorError */
export async function readProductionChain(
  root: string,
  { platform }: EnvironmentKube,
): Promise<ProductionChain> {
  const { head, away } = await knownBranch(root, PRODUCTION_BRANCH);
  const releases = head === undefined ? [] : await productionReleases(root, head);
  const [current] = releases;
  if (current === undefined) return { releases, images: [], strangers: [], gitAway: away };
  const set = await imageSetAt(root, current.revision, 'production');
  const misplaced = await findMisplaced(platform, set);
  return {
    releases,
    images: Object.entries(set).map(([name, { digest }]) => ({ name, digest })),
    strangers: misplaced.map(({ resource }) => resource),
    gitAway: away,
  };
}
