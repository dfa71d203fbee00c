import { connectGraph, type GraphStore, keys, readPointer, readVerdict } from '@gospelib/graph';
import {
  createService,
  reportWork,
  type Service,
  type ServiceIdentity,
} from '@gospelib/service-kit';
import manifest from '../package.json' with { type: 'json' };
import { type CorpusGate, createAnswer, createEarlyAnswer } from './answer/answer.ts';
import { booksRoutes } from './books/books.routes.ts';
import { chaptersRoutes } from './chapters/chapters.routes.ts';
import type { ContentConfig } from './config.ts';
import { connectionsRoutes } from './connections/connections.routes.ts';
import { type CorpusSource, loadCorpus } from './corpus/corpus.loader.ts';
import { corpusRoutes } from './corpus/corpus.routes.ts';
import type { ServedCorpus } from './corpus/corpus.ts';
import { CorpusWatch } from './corpus/corpus.watch.ts';
import { findFallback } from './corpus/fallback.corpus.ts';
import { GraphDoubt } from './graph/graph.doubt.ts';
import { namesRoutes } from './names/names.routes.ts';
import { passagesRoutes } from './passages/passages.routes.ts';
import { searchRoutes } from './search/search.routes.ts';
import { warmUpSearch } from './search/search.warm-up.ts';
import { studyMapRoutes } from './study-map/study-map.routes.ts';
import { topicsRoutes } from './topics/topics.routes.ts';
import { volumesRoutes } from './volumes/volumes.routes.ts';
import { wordsRoutes } from './words/words.routes.ts';

export const identity: ServiceIdentity = { name: 'content', version: manifest.version };

/** The routes below `/api/v1`. */
const nouns = [
  passagesRoutes,
  connectionsRoutes,
  searchRoutes,
  wordsRoutes,
  namesRoutes,
  topicsRoutes,
  studyMapRoutes,
];
/** Those that are answered first after a start. */
const earlyNouns = [volumesRoutes, booksRoutes, chaptersRoutes, corpusRoutes];

const START_TIMEOUT_MS = 500;
/** For large reads, which a busy store answers late. */
const LOAD_TIMEOUT_MS = 5_000;

/** Builds the service; it does not listen. Closing it ends the connections to the store. */
export async function buildApp(config: ContentConfig): Promise<Service> {
  const app = await createService({
    ...identity,
    config,
    openapi: {
      path: '/api/v1/openapi.json',
      title: 'GospeLib',
      description:
        'The standard works as a knowledge graph: reading, search and connections. Errors are problems as of RFC 9457.',
    },
  });
  reportWork(app, ({ trace }) => performance.now() - trace.startedAt);
  const store = connectGraph(config.graphUrl, {
    onQuery: (name, outcome, seconds) =>
      app.metrics.observeQuery('falkordb', name, outcome, seconds),
    onChange: (ready, reason) => {
      app.log.info({ ready, reason }, 'graph store connection');
      void watch.poll();
    },
  });
  // Verifying and loading have connections of their own: both read much, and no request waits behind them.
  const [verifyStore, loadStore] = [2, 1].map((connections) =>
    connectGraph(config.graphUrl, { connections, timeout: LOAD_TIMEOUT_MS }),
  ) as [GraphStore, GraphStore];
  let isWarm = false;
  const load = async (source: CorpusSource): Promise<ServedCorpus> => {
    const corpus = await loadCorpus(loadStore, store, source, config.ANSWER_CACHE_MB * 2 ** 20);
    if (!isWarm) void warmUp(corpus);
    return corpus;
  };
  /** What is compiled for one corpus serves those after it, too. */
  const warmUp = async (corpus: ServedCorpus): Promise<void> => {
    try {
      const whole = await corpus.whole;
      await warmUpSearch(whole, () => watch.corpus === corpus);
      isWarm = true;
    } catch (error) {
      app.log.warn({ err: error }, 'search is not warmed up');
    }
  };
  const watch: CorpusWatch = new CorpusWatch({
    pointer: () => readPointer(store),
    load: (pointer) => load({ ...pointer, key: keys.graph(pointer.version) }),
    verdict: (key, pointer) => readVerdict(store, key, pointer),
    fallback: (pointer) => findFallback(verifyStore, pointer, load),
    pollMs: config.CORPUS_POLL_MS,
    log: app.log,
  });
  const doubt = new GraphDoubt({ store: verifyStore, watch, log: app.log });
  app.metrics.gauge(
    'gospelib_corpus_active',
    '1 while the graph that the pointer names is served; 0 while a fallback, an earlier graph or nothing is.',
    () => (watch.corpus && watch.corpus.activation === watch.pointer?.activation ? 1 : 0),
  );
  app.metrics.gauge(
    'gospelib_corpus_searchable',
    '1 once the search and the dictionaries are loaded after a start; chapters are served before.',
    () => Number(watch.isPrepared),
  );
  app.readiness.add('corpus', async () => watch.assertReady());
  app.addHook('onReady', async () => {
    // Connecting takes a moment; the service also starts while the store is away.
    const connecting = [store, loadStore].map((one) => one.whenReady(START_TIMEOUT_MS));
    await Promise.allSettled(connecting);
    await watch.start();
  });
  app.addHook('onClose', async () => {
    watch.close();
    await Promise.all([store, verifyStore, loadStore].map((one) => one.close()));
  });

  const gate: CorpusGate = {
    current: () => watch.current(),
    get replacing() {
      return watch.replacing;
    },
    isQuarantined: (corpus) => watch.isQuarantined(corpus),
    doubt: () => doubt.settle(),
  };
  const [answer, early] = [createAnswer(gate), createEarlyAnswer(gate)];
  await app.register(
    async (api) => {
      for (const routes of earlyNouns) routes(api, early);
      for (const routes of nouns) routes(api, answer);
    },
    { prefix: '/api/v1' },
  );
  return app;
}
