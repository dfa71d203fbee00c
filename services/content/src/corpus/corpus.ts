import type { CorpusResponse } from '@gospelib/contracts';
import type { GraphReader } from '@gospelib/graph';
import type { AnswerCache } from '../answer/answer.cache.ts';
import type { PassageIndex } from '../passages/passages.index.ts';
import type { SearchEngine } from '../search/search.engine.ts';
import type { BookIndex } from '../volumes/volumes.index.ts';
import type { WordIndex } from '../words/words.index.ts';

/**
 * Everything of one corpus version that answers are made from: its graph, and what of it is held in memory. It never
 * changes; a new version is another corpus, so no answer mixes two. A repaired graph of the same version is another
 * corpus too: the answers kept of the damaged one go with it.
 */
export interface Corpus {
  readonly version: string;
  /** The activation that the pointer named when it was loaded; none for a fallback. */
  readonly activation: string | undefined;
  /** Of a fallback: the auditor's verdict, if any, that was there before it was verified. */
  readonly verdict?: string | undefined;
  /** The key of the graph in the store. */
  readonly key: string;
  readonly manifest: CorpusResponse;
  readonly graph: GraphReader;
  readonly bookIndex: BookIndex;
  readonly passages: PassageIndex;
  readonly words: WordIndex;
  readonly search: SearchEngine;
  readonly answers: AnswerCache;
}
