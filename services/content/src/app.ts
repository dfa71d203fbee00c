import { connectGraph, type GraphStore, keys, readPointer } from '@gospelib/graph';
import { createService, type Service, type ServiceIdentity } from '@gospelib/service-kit';
import manifest from '../package.json' with { type: 'json' };
import { createAnswer } from './answer/answer.ts';
import { booksRoutes } from './books/books.routes.ts';
import { chaptersRoutes } from './chapters/chapters.routes.ts';
import type { ContentConfig } from './config.ts';
import { connectionsRoutes } from './connections/connections.routes.ts';
import { type CorpusSource, loadCorpus } from './corpus/corpus.loader.ts';
import { corpusRoutes } from './corpus/corpus.routes.ts';
import { CorpusWatch } from './corpus/corpus.watch.ts';
import { findStandIn } from './corpus/stand.in.ts';
import { GraphGuard } from './graph/graph.guard.ts';
import { observeGraph } from './graph/graph.metrics.ts';
import { StandInGuard } from './graph/stand.in.guard.ts';
import { namesRoutes } from './names/names.routes.ts';
import { passagesRoutes } from './passages/passages.routes.ts';
import { searchRoutes } from './search/search.routes.ts';
import { studyMapRoutes } from './study-map/study-map.routes.ts';
import { topicsRoutes } from './topics/topics.routes.ts';
import { volumesRoutes } from './volumes/volumes.routes.ts';
import { wordsRoutes } from './words/words.routes.ts';

export const identity: ServiceIdentity = { name: 'content', version: manifest.version };

/** Everything that this service serves, below `/api/v1`. */
const nouns = [
  volumesRoutes,
  booksRoutes,
  chaptersRoutes,
  passagesRoutes,
  connectionsRoutes,
  searchRoutes,
  wordsRoutes,
  namesRoutes,
  topicsRoutes,
  studyMapRoutes,
  corpusRoutes,
];

const START_PATIENCE_MS = 500;
/** For what reads much: a busy store may take its time. */
const CHECK_PATIENCE_MS = 5_000;
/** A copy that could stand in is gone through so many times slower than what is served. */
const STAND_IN_SLOWNESS = 5;

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
  const store = connectGraph(config.FALKORDB_URL, {
    onQuery: (name, outcome, seconds) =>
      app.metrics.observeQuery('falkordb', name, outcome, seconds),
    onChange: (ready, reason) => {
      app.log.info({ ready, reason }, 'graph store connection');
      void watch.look();
    },
  });
  // What examines graphs, and what loads them, has connections of its own: it reads much, and nobody waits behind it.
  const [guardStore, loadStore] = [2, 1].map((connections) =>
    connectGraph(config.FALKORDB_URL, { connections, timeout: CHECK_PATIENCE_MS }),
  ) as [GraphStore, GraphStore];
  const load = (source: CorpusSource) =>
    loadCorpus(loadStore, store, source, config.ANSWER_CACHE_MB * 2 ** 20);
  const watch: CorpusWatch = new CorpusWatch({
    pointer: () => readPointer(store),
    load: (pointer) => load({ ...pointer, key: keys.graph(pointer.version) }),
    standIn: (pointer) => findStandIn(guardStore, pointer, load, standIns.damaged),
    pollMs: config.CORPUS_POLL_MS,
    log: app.log,
  });
  const guard = new GraphGuard({
    store: guardStore,
    watch,
    checkMs: config.GRAPH_CHECK_MS,
    roundMs: config.GRAPH_ROUND_MS,
    log: app.log,
  });
  const standIns: StandInGuard = new StandInGuard({
    store: guardStore,
    watch,
    roundMs: config.GRAPH_ROUND_MS * STAND_IN_SLOWNESS,
    log: app.log,
  });
  observeGraph(app.metrics, guard, standIns);
  app.readiness.add('corpus', async () => watch.assertReady());
  app.addHook('onReady', async () => {
    // Connecting takes a moment; a store that is away is no reason not to start.
    const connecting = [store, loadStore].map((one) => one.whenReady(START_PATIENCE_MS));
    await Promise.allSettled(connecting);
    await watch.start();
    guard.start();
    standIns.start();
  });
  app.addHook('onClose', async () => {
    guard.close();
    standIns.close();
    watch.close();
    await Promise.all([store, guardStore, loadStore].map((one) => one.close()));
  });

  const answer = createAnswer({
    current: () => watch.current(),
    get replacing() {
      return watch.replacing;
    },
    isCondemned: (corpus) => watch.isCondemned(corpus),
    // A look that is under way may have begun too early: only the second one is certainly new.
    doubt: () => guard.look().then(() => guard.look()),
  });
  await app.register(
    async (api) => {
      for (const routes of nouns) routes(api, answer);
    },
    { prefix: '/api/v1' },
  );
  return app;
}
