import type { NameRecord } from '../derive/name.mentions.ts';
import type { Ranking } from '../derive/reference.ranking.ts';
import type { Quotation } from '../derive/verse.quotations.ts';
import type { CrossReferences, Scriptures, WordRecord, WordUse } from './corpus.records.ts';

/** Everything that the graph holds, in records. */
export interface Corpus {
  scriptures: Scriptures;
  /** Hebrew, then Greek. */
  words: readonly WordRecord[];
  derivations: readonly { from: number; to: number }[];
  /** In canonical order of the verses. */
  uses: readonly WordUse[];
  references: CrossReferences;
  ranking: Ranking;
  quotations: readonly Quotation[];
  names: readonly NameRecord[];
}
