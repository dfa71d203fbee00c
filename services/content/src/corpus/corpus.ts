import type { CorpusResponse } from '@gospelib/contracts';
import type { GraphReader } from '@gospelib/graph';
import type { AnswerCache } from '../answer/answer.cache.ts';
import type { PassageIndex } from '../passages/passages.index.ts';
import type { SearchEngine } from '../search/search.engine.ts';
import type { BookIndex } from '../volumes/volumes.index.ts';
import type { WordIndex } from '../words/words.index.ts';

/**
 * What is served of one corpus version as soon as it is known: books and chapters are read from its graph. It never
 * changes; a new version is another corpus, so no answer mixes two. A repaired graph of the same version is another
 * corpus too: the answers kept of the damaged one go with it.
 */
export interface ServedCorpus {
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
  readonly answers: AnswerCache;
  /** With what takes longer to load; requests that need it wait. Rejects when it cannot be loaded. */
  readonly whole: Promise<Corpus>;
}

/** Everything of one corpus version that answers are made from: its graph, and what of it is held in memory. */
export interface Corpus extends Omit<ServedCorpus, 'whole'> {
  readonly passages: PassageIndex;
  readonly words: WordIndex;
  readonly search: SearchEngine;
}
