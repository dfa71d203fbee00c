import { formatDuration } from '@gospelib/cli-kit';
import type { BakeVerdict } from '../bake/bake.verdict.ts';

/** Why somebody lets a fix pass after a shorter bake. */
export interface HotfixReason {
  reason: string;
  allowedBy: string;
}

/** What is known of a release before it is tagged. */
export interface ReleaseFacts {
  tag: string;
  isTagTaken: boolean;
  /** Files of this clone that are changed and not committed. */
  changedFiles: readonly string[];
  /** Whether the commit is on the branch that staging follows. */
  isOnBranch: boolean;
  bake: BakeVerdict;
  /** Undefined: it could not be asked. */
  isCiGreen: boolean | undefined;
  /** Images that no signature of ours is on, with why. */
  unsigned: readonly string[];
  /** Images that have no digest yet. */
  unreleased: readonly string[];
  /** Migrations that come with it. */
  migrations: readonly string[];
  /** Production’s tags that this commit does not have. */
  notMergedBack: readonly string[];
  /** Hotfixes of production that main does not have. */
  notOnMain: readonly string[];
  hotfix: HotfixReason | undefined;
}

/** Why it must not be released, a sentence each; none: it may. */
export function releaseRefusals(facts: ReleaseFacts): readonly string[] {
  const { bake, hotfix } = facts;
  return [
    ...(/^release\/v\d+\.\d+\.\d+$/.test(facts.tag)
      ? []
      : [`${facts.tag} is no version: v1.2.3 is one.`]),
    ...(facts.isTagTaken ? [`The tag ${facts.tag} is taken. Versions are used once.`] : []),
    ...(facts.changedFiles.length > 0
      ? [`This clone has changes that are not committed: ${list(facts.changedFiles)}.`]
      : []),
    ...(facts.isOnBranch ? [] : ['The commit is not on the branch that staging follows.']),
    ...(bake.done ? [] : [bakeRefusal(bake)]),
    ...(facts.isCiGreen === true
      ? []
      : [
          facts.isCiGreen === false
            ? 'CI has not succeeded for this commit.'
            : 'Whether CI succeeded for this commit could not be asked.',
        ]),
    ...(facts.unreleased.length > 0 ? [`Staging has no image of ${list(facts.unreleased)}.`] : []),
    ...(facts.unsigned.length > 0 ? [`Not signed by us: ${list(facts.unsigned)}.`] : []),
    ...(facts.migrations.length > 0 && bake.since === undefined
      ? [`Migrations were not tried on staging: ${list(facts.migrations)}.`]
      : []),
    ...(facts.notMergedBack.length > 0
      ? [
          `This commit does not have what production has: ${list(facts.notMergedBack)}. Merge the tag to the branch of staging; readers would lose the fix.`,
        ]
      : []),
    ...(facts.notOnMain.length > 0
      ? [`main does not have ${list(facts.notOnMain)}. Merge its branch to main.`]
      : []),
    ...(hotfix !== undefined && (hotfix.reason.trim() === '' || hotfix.allowedBy.trim() === '')
      ? ['A hotfix needs a reason and the name of who allowed the shorter bake.']
      : []),
  ];
}

function bakeRefusal({ wrong, since, bakedMs, remainingMs }: BakeVerdict): string {
  if (wrong !== undefined) return `It does not bake: ${wrong}.`;
  return `It bakes since ${since}: ${formatDuration(bakedMs / 1000)} of ${formatDuration((bakedMs + remainingMs) / 1000)}.`;
}

function list(names: readonly string[]): string {
  return names.slice(0, 8).join(', ') + (names.length > 8 ? ` and ${names.length - 8} more` : '');
}
