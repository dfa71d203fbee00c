import type { MatchKind, SearchHit } from '@gospelib/contracts';

export const MATCH_NAMES: Readonly<Record<MatchKind, string>> = {
  phrase: 'As you wrote it',
  near: 'The words near each other',
  all: 'All of the words',
  stem: 'The words in other forms',
};

export type MatchGroup = { readonly match: MatchKind; readonly hits: readonly SearchHit[] };

/** Groups hits, which are sorted best first, by the way in which they matched. */
export function groupByMatch(hits: readonly SearchHit[]): readonly MatchGroup[] {
  const groups = new Map<MatchKind, SearchHit[]>();
  for (const hit of hits) {
    const group = groups.get(hit.match);
    if (group) group.push(hit);
    else groups.set(hit.match, [hit]);
  }
  return [...groups].map(([match, own]) => ({ match, hits: own }));
}
