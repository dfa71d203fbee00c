import type { Database } from '@gospelib/database';
import type { Service } from '@gospelib/service-kit';
import { createRevocationPublisher, lifeWithoutList } from '@gospelib/tokens';
import type { AccountsConfig } from '../config.ts';
import { revokedSessions } from './session.repository.ts';

/**
 * Tells the other services which sessions were ended, for as long as the app runs. @returns how long a token may live,
 * seconds: while they cannot be told, so short that a session that was ended acts for a minute at most
 */
export function openTokenLifetime(
  app: Service,
  database: Database,
  { redisUrl, TOKEN_LIFETIME_SECONDS }: AccountsConfig,
): () => number {
  const short = Math.min(TOKEN_LIFETIME_SECONDS, lifeWithoutList);
  if (redisUrl === undefined) return () => short;
  const publisher = createRevocationPublisher({
    url: redisUrl,
    read: () => revokedSessions(database),
    onAway: (err) =>
      app.log.warn({ err }, `redis is unavailable: tokens live ${short} seconds meanwhile`),
    onBack: () => app.log.info('redis is available again: ended sessions are told at once'),
  });
  app.addHook('onReady', () => publisher.open());
  app.addHook('onClose', () => publisher.close());
  return () => (publisher.working ? TOKEN_LIFETIME_SECONDS : short);
}
