import { exitCodes, OperatorError, UsageError } from '@gospelib/cli-kit';
import { applicationOf, readApplication } from '../argocd/application.client.ts';
import type { EnvironmentKube } from '../argocd/kube.port.ts';
import { knownBranch } from '../git/branch.commit.ts';
import {
  imageSetAt,
  PRODUCTION_BRANCH,
  type ProductionRelease,
  productionReleases,
} from '../release/promotion.commit.ts';
import { changesBetween, type ImageChange, type ImageSet } from '../ship/image.set.ts';
import { type MigrationReturn, migrationsBetween } from './migration.return.ts';

export interface RollbackWish {
  /** The tag to go back to; undefined: the release before. */
  to: string | undefined;
  /** Leave the schemas as they are: an older release runs on a newer schema. */
  keepMigrations: boolean;
  acceptDataLoss: boolean;
}

export interface RollbackPlan {
  from: ProductionRelease;
  to: ProductionRelease;
  /** What the cluster is to run. */
  images: ImageSet;
  changes: readonly ImageChange[];
  /** Taken back before the code. */
  migrations: readonly MigrationReturn[];
  acceptDataLoss: boolean;
  /** Whether git has the earlier release again and only the cluster has to follow. */
  isInGit: boolean;
  /** Why git could not be asked; the cluster goes back all the same. */
  gitAway: string | undefined;
}

/** Looks and says what going back does; changes nothing. @throws OperatorError (refused) with what helps instead */
export async function planRollback(
  root: string,
  { name, argocd }: EnvironmentKube,
  wish: RollbackWish,
): Promise<RollbackPlan> {
  if (name !== 'production') {
    throw new UsageError(
      `rollback is about production; ${name} follows a branch that everybody may revert.`,
      'Revert the merge on that branch and push it: Argo CD brings the environment back.',
    );
  }
  const { head, away } = await knownBranch(root, PRODUCTION_BRANCH);
  if (head === undefined) {
    throw new OperatorError(
      `This clone does not know the branch ${PRODUCTION_BRANCH}${away === undefined ? '' : `, and git is away: ${away}`}.`,
      'From a clone that has it the cluster goes back while git is away. `git fetch` fetches it.',
    );
  }
  const releases = await productionReleases(root, head);
  const [current] = releases;
  if (current === undefined) throw new OperatorError('Nothing was released to production yet.');
  const { isPaused } = await readApplication(argocd, applicationOf(name));
  const isInGit = current.left !== undefined && (wish.to === undefined || wish.to === current.tag);
  if (isInGit && !isPaused) {
    throw refused(
      `Production was brought back from ${current.left} to ${current.tag} already.`,
      '`--to release/v…` names an earlier one.',
    );
  }
  const target = isInGit ? current : chooseTarget(releases, wish.to);
  const bad = isInGit ? releases.find(({ tag }) => tag === current.left) : current;
  const from = bad ?? current;
  const between = await migrationsBetween(root, target.revision, from.revision);
  const migrations = wish.keepMigrations ? [] : between;
  assertReversible(migrations, wish.acceptDataLoss);
  const [before, images] = await Promise.all([
    imageSetAt(root, from.revision, name),
    imageSetAt(root, target.revision, name),
  ]);
  return {
    from,
    to: target,
    images,
    changes: changesBetween(before, images),
    migrations,
    acceptDataLoss: wish.acceptDataLoss,
    isInGit,
    gitAway: away,
  };
}

/**
 * The release to go back to, of those that production had, the newest first: the one before the current one first came.
 * @throws OperatorError where there is none
 */
export function chooseTarget(
  releases: readonly ProductionRelease[],
  to: string | undefined,
): ProductionRelease {
  const [current] = releases;
  if (to !== undefined) {
    const found = releases.find(({ tag }) => tag === to || tag === `release/${to}`);
    if (found !== undefined && found.tag !== current?.tag) return found;
    const known = [...new Set(releases.map(({ tag }) => tag))].slice(0, 8).join(', ');
    throw refused(
      found === undefined
        ? `Production never had ${to}; it had ${known}.`
        : `Production has ${to} now.`,
    );
  }
  const before = findTarget(releases);
  if (before !== undefined) return before;
  throw refused(
    `${current?.tag} is the first release of production: there is none to go back to.`,
    'Fix forward: a hotfix from its tag (`./gl hotfix start NAME`).',
  );
}

/** The release before the current one first came; undefined: the current one was the first. */
export function findTarget(releases: readonly ProductionRelease[]): ProductionRelease | undefined {
  const first = releases.findLastIndex(({ tag }) => tag === releases[0]?.tag);
  return releases[first + 1];
}

function assertReversible(migrations: readonly MigrationReturn[], acceptDataLoss: boolean): void {
  const all = migrations.flatMap(({ schema, migrations: own }) =>
    own.map((one) => ({ ...one, name: `${one.name} of ${schema}` })),
  );
  const fixed = all.filter(({ reversible }) => !reversible);
  if (fixed.length > 0) {
    throw refused(
      `No way back: ${fixed.map(({ name }) => name).join(', ')}.`,
      'An older release runs on a newer schema: `./gl --env production rollback --keep-migrations` brings the code back alone. Otherwise fix forward with a further migration.',
    );
  }
  const losing = all.filter(({ loses }) => loses !== undefined);
  if (losing.length > 0 && !acceptDataLoss) {
    throw refused(
      `Going back loses ${losing.map(({ loses, name }) => `${loses} (${name})`).join('; ')}.`,
      '--keep-migrations brings the code back alone and loses nothing; --accept-data-loss gives it up.',
    );
  }
}

function refused(what: string, remedy?: string): OperatorError {
  return new OperatorError(what, remedy, {
    meaning: 'Nothing was changed.',
    exitCode: exitCodes.refused,
  });
}
