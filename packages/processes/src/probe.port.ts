import { createServer } from 'node:net';
import { describeHolder, portHolder } from './holder.port.ts';
import { PortBusyError } from './process.error.ts';

const HOST = '127.0.0.1';

/** A port nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return listenOnce(0);
}

/**
 * Checks that a port can be listened on.
 * @throws PortBusyError naming who holds it
 */
export async function assertPortFree(port: number, hint?: string): Promise<void> {
  try {
    await listenOnce(port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new PortBusyError(port, describeHolder(portHolder(port)), hint);
  }
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: HOST, exclusive: true }, () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(taken));
    });
  });
}
