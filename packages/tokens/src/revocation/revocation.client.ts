import { createClient } from '@redis/client';

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
  const client: RedisClient = createClient({
    url: withoutCredentials(url()),
    credentialsProvider: {
      type: 'async-credentials-provider',
      credentials: async () => credentialsOf(url()),
    },
    disableOfflineQueue: true,
    pingInterval: everyMs,
    socket: {
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

function withoutCredentials(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}

function credentialsOf(address: string): { username?: string; password?: string } {
  const { username, password } = new URL(address);
  return {
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
  };
}
