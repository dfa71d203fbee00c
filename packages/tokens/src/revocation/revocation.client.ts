import { RedisClient as Client, createClient } from '@redis/client';

/** Sorted set: ids of sessions that were ended, each with the time until which a token of it could be valid (ms). */
export const revokedKey = 'gospelib:revoked-sessions';

/** Revocations are written and read at this interval, ms. */
export const everyMs = 1000;

/** For how long what was read or written last counts, ms. */
export const freshForMs = 5000;

export type RedisClient = ReturnType<typeof createClient>;

/**
 * A connection that never lets a caller wait: commands fail at once while it is lost.
 * @param url asked anew for each connection: that is how a changed password comes in
 */
export function createRedis(
  url: () => string,
  onAway: (error: unknown) => void,
  onBack: () => void,
): RedisClient {
  // Not by its address: the client would take the credentials in it for all connections.
  const { socket, database } = Client.parseURL(url());
  const client: RedisClient = createClient({
    ...(database !== undefined && { database }),
    credentialsProvider: {
      type: 'async-credentials-provider',
      credentials: async () => Client.parseURL(url()),
    },
    disableOfflineQueue: true,
    pingInterval: everyMs,
    socket: {
      ...socket,
      connectTimeout: 1000,
      socketTimeout: 3000,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 2000),
    },
  });
  let away = false;
  client.on('error', (error: unknown) => {
    if (!away) onAway(error);
    away = true;
  });
  client.on('ready', () => {
    if (away) onBack();
    away = false;
  });
  return client;
}
