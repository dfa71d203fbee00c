import type { CrossReferences } from '../corpus/corpus.records.ts';
import { Neighbours } from './neighbour.lists.ts';

/** What is derived for each cross-reference, at its place in the source. */
export interface Ranking {
  reciprocal: Uint8Array;
  /** Verses that cross-references connect to both ends, in either direction. */
  shared: Uint16Array;
  /** Place among the references of the same verse, from 0: reciprocal first, then most shared, then canonical order. */
  rank: Uint16Array;
}

/** The sources have no votes, so references that are reciprocal and share neighbours come first. */
export function rankReferences({ from, to }: CrossReferences, verses: number): Ranking {
  const size = from.length;
  const outgoing = new Neighbours(verses, [from], [to]);
  const around = new Neighbours(verses, [from, to], [to, from]);
  const reciprocal = new Uint8Array(size);
  const shared = new Uint16Array(size);
  const rank = new Uint16Array(size);

  const places = outgoing.groupPlaces();
  // seenFor[v] is the verse for which v was last seen as a neighbour, so that nothing needs to be reset.
  const seenFor = new Int32Array(verses).fill(-1);
  for (let verse = 0; verse < verses; verse++) {
    const own = places.of(verse);
    if (own.length === 0) continue;
    for (const neighbour of around.of(verse)) seenFor[neighbour] = verse;
    for (const place of own) {
      const target = to[place] as number;
      reciprocal[place] = outgoing.of(target).includes(verse) ? 1 : 0;
      let both = 0;
      for (const neighbour of around.of(target)) if (seenFor[neighbour] === verse) both++;
      shared[place] = both;
    }
    const order = [...own].sort(
      (a, b) =>
        (reciprocal[b] as number) - (reciprocal[a] as number) ||
        (shared[b] as number) - (shared[a] as number) ||
        (to[a] as number) - (to[b] as number),
    );
    order.forEach((place, index) => {
      rank[place] = index;
    });
  }
  return { reciprocal, shared, rank };
}
