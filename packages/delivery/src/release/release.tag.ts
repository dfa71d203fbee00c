import type { HotfixReason } from '../gates/release.gates.ts';
import { git } from '../git/git.run.ts';
import type { ReleasePlan } from './release.plan.ts';

/**
 * Tags the commit of a release and pushes the tag, which starts its way to production. The tag holds the notes and, of a
 * hotfix, who allowed the shorter bake and why. @throws OperatorError
 */
export async function tagRelease(
  root: string,
  { tag, commit, notes, bakedSince }: Pick<ReleasePlan, 'tag' | 'commit' | 'notes' | 'bakedSince'>,
  branch: string,
  hotfix: HotfixReason | undefined,
): Promise<void> {
  const trailers = [
    `Branch: ${branch}`,
    `Baked-since: ${bakedSince}`,
    ...(hotfix === undefined
      ? []
      : [`Hotfix-reason: ${hotfix.reason}`, `Hotfix-allowed-by: ${hotfix.allowedBy}`]),
  ];
  const message = `${notes}\n${trailers.join('\n')}\n`;
  const how = ['-c', 'tag.gpgsign=false', 'tag', '--annotate', '--cleanup=verbatim'];
  await git(root, [...how, '--file=-', tag, commit], { input: message });
  try {
    await git(root, ['push', '--quiet', 'origin', `refs/tags/${tag}`]);
  } catch (error) {
    await git(root, ['tag', '--delete', tag]);
    throw error;
  }
}
