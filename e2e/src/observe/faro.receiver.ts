import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

/**
 * What Faro’s receiver of Alloy takes, after its types:
 * https://github.com/grafana/alloy/blob/main/internal/component/faro/receiver/internal/payload/payload.go
 */
const payload = z.strictObject({
  meta: z.object({
    app: z.object({ name: z.string(), version: z.string() }),
    session: z.object({ id: z.string() }).optional(),
    page: z.object({ url: z.string() }).optional(),
    view: z.object({ name: z.string() }).optional(),
    user: z.never().optional(),
  }),
  events: z.array(z.object({ name: z.string(), timestamp: z.string() })).optional(),
  exceptions: z
    .array(z.object({ type: z.string(), value: z.string(), timestamp: z.string() }))
    .optional(),
  measurements: z
    .array(
      z.object({
        type: z.string(),
        values: z.record(z.string(), z.number()),
        timestamp: z.string(),
      }),
    )
    .optional(),
  logs: z.array(z.unknown()).optional(),
  traces: z
    .object({
      resourceSpans: z.array(
        z.object({
          scopeSpans: z.array(
            z.object({
              spans: z.array(
                z.object({
                  traceId: z.string().length(32),
                  spanId: z.string().length(16),
                  name: z.string(),
                  startTimeUnixNano: z.string(),
                  endTimeUnixNano: z.string(),
                }),
              ),
            }),
          ),
        }),
      ),
    })
    .optional(),
});
export type FaroPayload = z.output<typeof payload>;

/** Stands where Alloy would: takes what a browser sends from another origin, and refuses what Alloy would not know. */
export class FaroReceiver {
  readonly received: FaroPayload[] = [];
  /** As they came. */
  readonly texts: string[] = [];
  readonly faults: string[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      response.setHeader('access-control-allow-origin', request.headers.origin ?? '');
      // No more than any version of Alloy lets through.
      response.setHeader('access-control-allow-headers', 'content-type, x-api-key');
      if (request.method === 'OPTIONS') {
        response.writeHead(204).end();
        return;
      }
      json(request).then(
        (body) => {
          this.texts.push(JSON.stringify(body));
          const read = payload.safeParse(body);
          if (read.success) this.received.push(read.data);
          else this.faults.push(z.prettifyError(read.error));
          response.writeHead(read.success ? 202 : 400).end();
        },
        () => response.writeHead(400).end(),
      );
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/collect`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
