import { type GraphStore, readManifest } from '@gospelib/graph';
import { AnswerCache } from '../answer/answer.cache.ts';
import { PassageIndex } from '../passages/passages.index.ts';
import { readAllVerses } from '../passages/passages.repository.ts';
import { buildSearchEngine } from '../search/search.engine.ts';
import { buildBookIndex } from '../volumes/volumes.index.ts';
import { readBooks, readVolumes } from '../volumes/volumes.repository.ts';
import { WordIndex } from '../words/words.index.ts';
import { readAllWords } from '../words/words.repository.ts';
import type { Corpus } from './corpus.ts';

/** Which graph is loaded, and by which activation; none for a fallback. */
export type CorpusSource = Pick<Corpus, 'version' | 'activation' | 'key' | 'verdict'>;

/**
 * Loads from a graph what is kept in memory, and indexes it; requests are answered meanwhile.
 * @param from a connection with a long timeout: a corpus is loaded from a busy store, too
 * @param store the connection from which requests are answered later
 * @throws StoreUnavailableError, or Error when the graph is not one of ours
 */
export async function loadCorpus(
  from: GraphStore,
  store: GraphStore,
  source: CorpusSource,
  answerBytes: number,
): Promise<Corpus> {
  const graph = from.reader(source.key, source.version);
  const manifest = await readManifest(graph);
  if (!manifest) throw new Error(`The graph of corpus ${graph.version} has no manifest.`);
  const bookIndex = buildBookIndex(await readVolumes(graph), await readBooks(graph));
  const passages = new PassageIndex(await readAllVerses(graph), bookIndex.places);
  const words = await WordIndex.build(await readAllWords(graph));
  return {
    ...source,
    manifest: manifest.corpus,
    graph: store.reader(source.key, source.version),
    bookIndex,
    passages,
    words,
    search: await buildSearchEngine(passages.texts),
    answers: new AnswerCache(graph.version, answerBytes),
  };
}
