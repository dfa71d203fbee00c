import { connectDatabase, type DatabaseOptions, openDatabaseProbe } from '@gospelib/database';
import {
  createService,
  reportWork,
  type Service,
  type ServiceIdentity,
  WorkLedger,
} from '@gospelib/service-kit';
import { watchRevocations } from '@gospelib/tokens';
import manifest from '../package.json' with { type: 'json' };
import { requireSignIn } from './access/sign-in.guard.ts';
import { bookmarkRoutes } from './bookmarks/bookmark.routes.ts';
import { collectionRoutes } from './collections/collection.routes.ts';
import { CollectionSharing } from './collections/collection.sharing.ts';
import type { StudyConfig } from './config.ts';
import { deletionFeed } from './deletions/deletion.feed.ts';
import { DeletionWorker } from './deletions/deletion.worker.ts';
import { exportRoutes } from './export/export.routes.ts';
import { type MinimumRate, slowest } from './export/minimum.rate.ts';
import { highlightRoutes } from './highlights/highlight.routes.ts';
import { historyRoutes } from './history/history.routes.ts';
import { History } from './history/history.service.ts';
import { startPruning } from './idempotency/idempotency.pruning.ts';
import { markRoutes } from './marks/mark.routes.ts';
import { ChapterMarks } from './marks/mark.service.ts';
import { noteRoutes } from './notes/note.routes.ts';
import { NoteSearch } from './notes/note.search.ts';
import { paletteRoutes } from './palette/palette.routes.ts';
import { Palette } from './palette/palette.service.ts';
import { StudyDatabase } from './store/study.database.ts';
import { studyNeeds } from './store/study.needs.ts';
import { type StudyRoom, studyKinds } from './study.kinds.ts';
import { tagRoutes } from './tags/tag.routes.ts';

export const identity: ServiceIdentity = { name: 'study', version: manifest.version };

/** What readiness proved is taken for true for this long. */
const proven = { keepFor: 2000 };

/** Of the connections, those that only read: the rest is for writing, and none waits for the other kind. */
const readingShare = 0.4;

export interface AppOptions {
  /** How many items of each kind a reader may keep, how many bytes together, and what of answers. */
  quotas?: StudyRoom;
  /** How slow a line an export may be read over, and an import sent. */
  minimumRate?: MinimumRate;
  /** For tests: check each reply against its schema. */
  validateReplies?: boolean;
}

/** Builds the service; it does not listen. Closing it ends its connections. */
export async function buildApp(config: StudyConfig, options: AppOptions = {}): Promise<Service> {
  const { validateReplies = false } = options;
  const app = await createService({
    ...identity,
    config,
    validateReplies,
    limits: {
      // The largest collection with its text escaped. Imports have their own limit.
      bodyBytes: 1024 * 1024,
      // A large import takes time. Only the gateway can hold connections open here.
      requestTimeoutMs: 120_000,
    },
    openapi: {
      path: '/api/v1/study/openapi.json',
      title: 'GospeLib study',
      description:
        'What a signed-in reader makes. Everything needs a token and is the reader’s own, but for lists shared by their link.',
    },
  });
  requireSignIn(app, {
    jwksUrl: new URL('/api/v1/auth/jwks', config.ACCOUNTS_URL).href,
    issuer: new URL(config.PUBLIC_URL).origin,
    revocations: watchRevocations(app, config.redisUrl),
  });

  const connection: DatabaseOptions = {
    url: config.databaseUrl,
    schema: 'study',
    application: 'gospelib-study',
    onQuery: (name, outcome, seconds) =>
      app.metrics.observeQuery('postgresql', name, outcome, seconds),
    onLost: (err) => app.log.warn({ err }, 'a connection to PostgreSQL was lost'),
  };
  const forReading = Math.max(1, Math.floor(config.DATABASE_CONNECTIONS * readingShare));
  const forWriting = config.DATABASE_CONNECTIONS - forReading;
  const reading = connectDatabase({ ...connection, connections: forReading });
  const writing = connectDatabase({ ...connection, connections: forWriting });
  const probe = openDatabaseProbe(connection, studyNeeds);
  app.addHook('onReady', async () => void (await Promise.all([reading.warm(), writing.warm()])));
  app.readiness.add('postgresql', probe.answers, proven);
  app.readiness.add('schema study (./gl db migrate)', probe.hasSchema, proven);
  app.readiness.add('rights in schema study', probe.hasRights, proven);

  const work = new WorkLedger();
  reportWork(app, ({ userId }) => work.take(userId));
  const store = new StudyDatabase({ reading, writing }, (userId, ms) => work.add(userId, ms));
  const kinds = studyKinds(store, options.quotas ?? {});
  await app.register(
    async (api) => {
      noteRoutes(api, kinds.notes, new NoteSearch(store));
      highlightRoutes(api, kinds.highlights);
      paletteRoutes(api, new Palette(store));
      bookmarkRoutes(api, kinds.bookmarks);
      collectionRoutes(api, kinds.collections, new CollectionSharing(store));
      historyRoutes(api, new History(store));
      markRoutes(api, new ChapterMarks(store, kinds));
      tagRoutes(api, store);
      exportRoutes(
        api,
        store,
        {
          note: kinds.notes.transfer,
          highlight: kinds.highlights.transfer,
          bookmark: kinds.bookmarks.transfer,
          collection: kinds.collections.transfer,
        },
        { answers: kinds.answers, rate: options.minimumRate ?? slowest },
      );
    },
    { prefix: '/api/v1/study' },
  );

  const deletions = new DeletionWorker({
    store,
    feed: deletionFeed(config.ACCOUNTS_URL, config.internalSecrets),
    log: app.log,
    pollMs: config.DELETIONS_POLL_MS,
  });
  const pruning = startPruning(store, app.log);
  app.addHook('onReady', () => deletions.start());
  app.addHook('onClose', async () => {
    pruning.stop();
    await deletions.stop();
    await probe.close();
    await Promise.all([reading.close(), writing.close()]);
  });
  return app;
}
