import { connect } from 'node:tls';

/**
 * Whether the store at a `redis://` address takes TLS only: such a store ends plain connections without a word.
 * Whose certificate it has is not asked, and nothing is sent to it.
 */
export function takesTls(url: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const { hostname: host, port } = new URL(url);
  const socket = connect({ host, port: Number(port || 6379), rejectUnauthorized: false });
  socket.setTimeout(1000, () => socket.destroy());
  socket.once('secureConnect', () => resolve(true));
  socket.once('error', () => resolve(false));
  socket.once('close', () => resolve(false));
  return promise.finally(() => socket.destroy());
}
