import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';

/** A real server on a free port of this machine in place of a service behind the gateway. */
export class TestUpstream {
  readonly received: { method: string; url: string; headers: IncomingMessage['headers'] }[] = [];
  readonly sockets = new Set<Socket>();
  #handler: RequestListener;
  #server: Server | undefined;
  #port = 0;

  constructor(handler: RequestListener = (_request, response) => response.end('ok')) {
    this.#handler = handler;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Connections accepted so far. */
  connections = 0;

  answer(handler: RequestListener): void {
    this.#handler = handler;
  }

  /** Listens; after `stop`, on the same port again. */
  async start(): Promise<this> {
    const server = createServer((request, response) => {
      const { method = '', url = '', headers } = request;
      if (url === '/ready') {
        response.end('{}');
        return;
      }
      this.received.push({ method, url, headers });
      this.#handler(request, response);
    });
    server.on('connection', (socket) => {
      this.connections += 1;
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
    this.#server = server;
    return this;
  }

  /** Like a killed process: every connection ends at once. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
}
