import { activeVersion, connectGraph } from '@gospelib/graph';
import { createService, type Service } from '@gospelib/service-kit';
import { createAnswer } from './answer/answer.ts';
import { booksRoutes } from './books/books.routes.ts';
import { chaptersRoutes } from './chapters/chapters.routes.ts';
import type { ContentConfig } from './config.ts';
import { connectionsRoutes } from './connections/connections.routes.ts';
import { loadCorpus } from './corpus/corpus.loader.ts';
import { corpusRoutes } from './corpus/corpus.routes.ts';
import { CorpusWatch } from './corpus/corpus.watch.ts';
import { namesRoutes } from './names/names.routes.ts';
import { passagesRoutes } from './passages/passages.routes.ts';
import { searchRoutes } from './search/search.routes.ts';
import { studyMapRoutes } from './study-map/study-map.routes.ts';
import { topicsRoutes } from './topics/topics.routes.ts';
import { volumesRoutes } from './volumes/volumes.routes.ts';
import { wordsRoutes } from './words/words.routes.ts';

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

/** Builds the service; it does not listen. Closing it ends the connections to the store. */
export async function buildApp(config: ContentConfig): Promise<Service> {
  const app = await createService({
    name: 'content',
    config,
    openapi: {
      path: '/api/v1/openapi.json',
      title: 'GospeLib',
      description:
        'The standard works as a knowledge graph: reading, search and connections. Errors are problems as of RFC 9457.',
      version: config.SERVICE_VERSION,
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
  const watch: CorpusWatch = new CorpusWatch({
    activeVersion: () => activeVersion(store),
    load: (version) => loadCorpus(store.at(version), config.ANSWER_CACHE_MB * 2 ** 20),
    pollMs: config.CORPUS_POLL_MS,
    log: app.log,
  });
  app.readiness.add('corpus', async () => watch.current());
  app.addHook('onReady', async () => {
    // Connecting takes a moment; a store that is away is no reason not to start.
    await store.whenReady(START_PATIENCE_MS).catch(() => undefined);
    await watch.start();
  });
  app.addHook('onClose', async () => {
    watch.close();
    await store.close();
  });

  const answer = createAnswer(() => watch.current());
  await app.register(
    async (api) => {
      for (const routes of nouns) routes(api, answer);
    },
    { prefix: '/api/v1' },
  );
  return app;
}
