import type { Mention, NameRecord } from '../derive/name.record.ts';
import type { Ranking } from '../derive/reference.ranking.ts';
import type { Quotation } from '../derive/verse.quotations.ts';
import type {
  CommentaryRecord,
  CrossReferences,
  Scriptures,
  TopicRecord,
  WordRecord,
  WordUse,
} from './corpus.records.ts';

/** The content of the graph, as records. */
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
  mentions: readonly Mention[];
  /** Empty in the default edition, like the comments. */
  topics: readonly TopicRecord[];
  comments: readonly CommentaryRecord[];
}
