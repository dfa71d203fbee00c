import type { HotfixReason } from '../gates/release.gates.ts';
import { git } from '../git/git.run.ts';

/** Why and by whom a tag was allowed a shorter bake; undefined: it is no hotfix. */
export async function hotfixOf(root: string, tag: string): Promise<HotfixReason | undefined> {
  const text = await git(root, ['for-each-ref', '--format=%(contents)', `refs/tags/${tag}`]);
  const read = (key: string) => new RegExp(`^${key}: (.+)$`, 'm').exec(text)?.[1];
  const [reason, allowedBy] = [read('Hotfix-reason'), read('Hotfix-allowed-by')];
  return reason === undefined ? undefined : { reason, allowedBy: allowedBy ?? '' };
}
