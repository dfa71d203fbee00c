import type { HotfixReason } from '../gates/release.gates.ts';
import { git } from '../git/git.run.ts';

/** What a tag says of its release. */
export interface TaggedRelease {
  /** The branch that it baked on. */
  branch: string;
  /** Why and by whom it was allowed a shorter bake; undefined: it is no hotfix. */
  hotfix: HotfixReason | undefined;
}

/** Reads the tag of a release; one that says nothing was made by hand, and counts as one of `stage`. */
export async function readTag(root: string, tag: string): Promise<TaggedRelease> {
  const text = await git(root, ['for-each-ref', '--format=%(contents)', `refs/tags/${tag}`]);
  const read = (key: string) => new RegExp(`^${key}: (.+)$`, 'm').exec(text)?.[1];
  const [reason, allowedBy = ''] = [read('Hotfix-reason'), read('Hotfix-allowed-by')];
  return {
    branch: read('Branch') ?? 'stage',
    hotfix: reason === undefined ? undefined : { reason, allowedBy },
  };
}
