import { type GraphReader, type GraphStore, readManifest } from '@gospelib/graph';
import { AnswerCache } from '../answer/answer.cache.ts';
import { PassageIndex } from '../passages/passages.index.ts';
import { readAllVerses } from '../passages/passages.repository.ts';
import { buildSearchEngine } from '../search/search.engine.ts';
import { buildBookIndex } from '../volumes/volumes.index.ts';
import { readBooks, readVolumes } from '../volumes/volumes.repository.ts';
import { WordIndex } from '../words/words.index.ts';
import { readAllWords } from '../words/words.repository.ts';
import type { Corpus, ServedCorpus } from './corpus.ts';

/** Which graph is loaded, and by which activation; none for a fallback. */
export type CorpusSource = Pick<ServedCorpus, 'version' | 'activation' | 'key' | 'verdict'>;

/**
 * Reads which books a graph has, so that its chapters can be served, and goes on to load and index what the rest needs;
 * requests are answered meanwhile.
 * @param from a connection with a long timeout: a corpus is loaded from a busy store, too
 * @param store the connection from which requests are answered later
 * @throws StoreUnavailableError, or Error when the graph is not one of ours
 */
export async function loadCorpus(
  from: GraphStore,
  store: GraphStore,
  source: CorpusSource,
  answerBytes: number,
): Promise<ServedCorpus> {
  const graph = from.reader(source.key, source.version);
  const manifest = await readManifest(graph);
  if (!manifest) throw new Error(`The graph of corpus ${graph.version} has no manifest.`);
  const [volumes, books] = await Promise.all([readVolumes(graph), readBooks(graph)]);
  const served = {
    ...source,
    manifest: manifest.corpus,
    graph: store.reader(source.key, source.version),
    bookIndex: buildBookIndex(volumes, books),
    answers: new AnswerCache(graph.version, answerBytes),
  };
  const whole = loadWhole(graph, served);
  whole.catch(() => undefined); // told where it is awaited
  return { ...served, whole };
}

async function loadWhole(graph: GraphReader, served: Omit<ServedCorpus, 'whole'>): Promise<Corpus> {
  const [verses, words] = await Promise.all([readAllVerses(graph), readAllWords(graph)]);
  const passages = new PassageIndex(verses, served.bookIndex.places);
  return {
    ...served,
    passages,
    words: await WordIndex.build(words),
    search: await buildSearchEngine(passages.texts),
  };
}
