import type { Service } from '@gospelib/service-kit';
import { createRevocationList, type RevocationList } from '@gospelib/tokens';

/** The sessions that were ended, read for as long as the app runs. Without Redis none is known, and tokens count briefly. */
export function openRevocations(
  app: Service,
  url: string | undefined,
): Pick<RevocationList, 'has' | 'fresh'> {
  if (url === undefined) return { has: () => false, fresh: false };
  const list = createRevocationList({
    url,
    onAway: (err) => app.log.warn({ err }, 'redis is unavailable: tokens count for a minute only'),
    onBack: () => app.log.info('redis is available again: tokens count until they expire'),
  });
  app.addHook('onReady', () => list.open());
  app.addHook('onClose', () => list.close());
  return list;
}
