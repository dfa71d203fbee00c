import {
  answersInTime,
  applicationOf,
  findApplication,
  refresh,
} from '../argocd/application.client.ts';
import type { EnvironmentKube, Kube } from '../argocd/kube.port.ts';
import { readAsReader } from '../bake/reader.probe.ts';
import { knownBranch } from '../git/branch.commit.ts';
import {
  imageSetAt,
  PRODUCTION_BRANCH,
  type ProductionRelease,
  productionReleases,
} from '../release/promotion.commit.ts';
import { findMisplaced } from './image.placement.ts';
import { migrationsBetween } from './migration.return.ts';
import { findPodTrouble, type PodTrouble } from './release.pods.ts';
import { findTarget } from './rollback.plan.ts';

/** What is wrong later than this after a release is seldom its fault. */
const RECENT_MS = 24 * 60 * 60 * 1000;

/** What is so of the release of an environment, for whoever decides whether it has to go. */
export interface ReleaseLook extends PodTroubleOfRelease {
  /** Its tag; undefined: nothing was released yet. */
  release: string | undefined;
  isRecent: boolean;
  /** The release to go back to; undefined: there is none. */
  before: string | undefined;
  /** Why no program goes back, and what a person does instead; undefined: one does. */
  byHand: string | undefined;
  /** Migrations between the two: none, all of them go back and lose nothing, or not so. */
  migrations: 'none' | 'reversible' | 'fixed';
  /** What readers cannot do; undefined: they are served. */
  unserved: string | undefined;
  /** `paused`: by a way back that was begun; `held`: by somebody, since the cluster runs what git has. */
  argocd: 'at work' | 'paused' | 'held' | 'away';
}

interface PodTroubleOfRelease extends Pick<PodTrouble, 'unpullable'> {
  /** Why its pods fall or do not become ready; undefined: they do not. */
  broken: string | undefined;
}

/**
 * Looks at the release as readers, nodes, git and Argo CD see it. Changes nothing but that Argo CD looks at git.
 * @returns undefined where Argo CD does not deliver to the environment
 * @throws OperatorError
 */
export async function lookAtRelease(
  root: string,
  kube: EnvironmentKube & { origin: string },
): Promise<ReleaseLook | undefined> {
  const { name, argocd, origin } = kube;
  const application = await findApplication(argocd, applicationOf(name));
  if (application === undefined) return undefined;
  const { isPaused, health, complaint } = application;
  const [unserved, answers, known] = await Promise.all([
    readAsReader(origin),
    isPaused || asksInTime(argocd, applicationOf(name)),
    releasesOf(root, name),
  ]);
  const state = isPaused ? 'held' : answers ? 'at work' : 'away';
  const looked = { unserved, argocd: state } as const;
  const [current] = known;
  const why = health === 'Degraded' ? `not healthy${complaint ? `: ${complaint}` : ''}` : undefined;
  if (current === undefined) {
    const { follows } = application;
    const byHand = `${name} follows the branch ${follows}, which everybody may revert. Revert the merge there and push it: Argo CD brings ${name} back.`;
    return {
      ...looked,
      release: undefined,
      isRecent: false,
      before: undefined,
      byHand: name === 'production' ? undefined : byHand,
      migrations: 'none',
      broken: why,
      unpullable: undefined,
    };
  }
  const set = await imageSetAt(root, current.revision, name);
  const [{ falls, unpullable }, misplaced] = await Promise.all([
    findPodTrouble(kube.platform, set),
    findMisplaced(kube.platform, set),
  ]);
  // A second way back is somebody's decision: it is never taken by repeating a command.
  const isBack = current.left !== undefined;
  const byHand = `Production was brought back from ${current.left} to ${current.tag} already. An earlier one is somebody's decision: \`./gl --env production rollback --to release/v…\`.`;
  const before = isBack ? current : findTarget(known);
  const isBegun = isPaused && (isBack || misplaced.length > 0);
  return {
    ...looked,
    ...(isBegun && { argocd: 'paused' as const }),
    release: current.tag,
    isRecent: Date.now() - Date.parse(current.at) < RECENT_MS,
    before: before?.tag,
    byHand: isBack && !isBegun ? byHand : undefined,
    migrations: before === undefined ? 'none' : await kindOfReturn(root, before, current),
    broken: falls ?? (unpullable === undefined ? why : undefined),
    unpullable,
  };
}

async function asksInTime(argocd: Kube, application: string): Promise<boolean> {
  await refresh(argocd, application);
  return answersInTime(argocd, application);
}

/** Of production alone: other environments have branches, no releases. While git is away what this clone knows counts. */
async function releasesOf(root: string, name: string): Promise<readonly ProductionRelease[]> {
  if (name !== 'production') return [];
  const { head } = await knownBranch(root, PRODUCTION_BRANCH);
  return head === undefined ? [] : productionReleases(root, head);
}

/** What taking back the migrations between the two costs. */
async function kindOfReturn(
  root: string,
  before: ProductionRelease,
  current: ProductionRelease,
): Promise<ReleaseLook['migrations']> {
  const between = await migrationsBetween(root, before.revision, current.revision);
  const all = between.flatMap(({ migrations }) => migrations);
  if (all.length === 0) return 'none';
  const isSafe = all.every(({ reversible, loses }) => reversible && loses === undefined);
  return isSafe ? 'reversible' : 'fixed';
}
