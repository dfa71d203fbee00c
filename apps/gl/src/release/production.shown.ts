import { formatMinute, renderTable } from '@gospelib/cli-kit';
import type { ProductionChain } from '@gospelib/delivery';

/** From the release to the pods, and back: for `releases` and `status`. */
export function renderChain(chain: ProductionChain, shown: number): string {
  const { releases, images, strangers, pods, gitAway } = chain;
  if (releases.length === 0) return 'Nothing was released to production yet.';
  return [
    renderTable(
      [{ head: 'release' }, { head: 'commit' }, { head: 'agreed to by' }, { head: 'since' }],
      releases
        .slice(0, shown)
        .map(({ tag, commit, approvedBy, at, left }) => [
          left === undefined ? tag : `${tag} (back from ${left})`,
          commit.slice(0, 12),
          approvedBy,
          formatMinute(at),
        ]),
    ),
    ...images.map(({ name, digest }) => `${name}  ${digest}`),
    ...pods.map(
      ({ pod, digest, release }) =>
        `${pod} runs ${digest.slice(0, 19)} of ${release === undefined ? 'no release that is known' : `${release.tag}, ${release.commit.slice(0, 12)}`}`,
    ),
    ...strangers.map((name) => `${name} is to run something else`),
    ...(gitAway === undefined ? [] : [`git is away, this is what was known last: ${gitAway}`]),
  ].join('\n');
}

/** Whether every pod runs what production has. */
export function isAsReleased({ strangers, pods, releases }: ProductionChain): boolean {
  return strangers.length === 0 && pods.every(({ release }) => release?.tag === releases[0]?.tag);
}
