import { createRevocationList, type RevocationList } from './revocation.list.ts';
import { takesTls } from './tls.probe.ts';

/** What the list needs of a Fastify app: it is read for as long as the app runs. */
export interface RevocationHost {
  addHook(event: 'onReady' | 'onClose', hook: () => Promise<void>): unknown;
  log: { warn(values: object, message: string): void; info(message: string): void };
}

/** The sessions that were ended, as a verifier needs them. Without Redis none is known, and tokens count briefly. */
export function watchRevocations(
  app: RevocationHost,
  url: (() => string) | undefined,
): Pick<RevocationList, 'has' | 'fresh'> {
  if (url === undefined) return { has: () => false, fresh: false };
  const list = createRevocationList({
    url,
    onAway: (err) => {
      app.log.warn({ err }, 'redis is unavailable: tokens count for a minute only');
      if (url().startsWith('redis:')) void explain(app, url());
    },
    onBack: () => app.log.info('redis is available again: tokens count until they expire'),
  });
  app.addHook('onReady', () => list.open());
  app.addHook('onClose', () => list.close());
  return list;
}

async function explain(app: RevocationHost, url: string): Promise<void> {
  if (!(await takesTls(url))) return;
  app.log.warn({}, 'redis takes TLS only: REDIS_URL has to begin with rediss://');
}
