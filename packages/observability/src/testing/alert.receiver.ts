import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

/** What Alertmanager posts: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
const notification = z.object({
  receiver: z.string(),
  alerts: z.array(
    z.object({
      status: z.enum(['firing', 'resolved']),
      labels: z.record(z.string(), z.string()),
      annotations: z.record(z.string(), z.string()),
    }),
  ),
});

export interface Delivered {
  receiver: string;
  status: 'firing' | 'resolved';
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  /** Milliseconds since the receiver was started. */
  at: number;
}

/** Who is woken: keeps what Alertmanager delivers. */
export class AlertReceiver {
  readonly delivered: Delivered[] = [];
  readonly #server: Server;
  readonly #started = performance.now();

  constructor() {
    this.#server = createServer((request, response) => {
      json(request).then(
        (body) => {
          const { receiver, alerts } = notification.parse(body);
          const at = Math.round(performance.now() - this.#started);
          this.delivered.push(...alerts.map((alert) => ({ receiver, ...alert, at })));
          response.end();
        },
        () => response.writeHead(400).end(),
      );
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
