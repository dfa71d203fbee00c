import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** A port of this machine that leads to another address: to a browser only localhost is as good as HTTPS. @returns ends it */
export async function relayPort(
  port: number,
  to: { readonly host: string; readonly port: number },
): Promise<() => void> {
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ ...to, noDelay: true });
    near.on('error', () => far.destroy()).pipe(far);
    far.on('error', () => near.destroy()).pipe(near);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return () => void server.close();
}
