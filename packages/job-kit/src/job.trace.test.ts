import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Note, runTraced } from './job.trace.ts';

interface SentSpan {
  name: string;
  spanId: string;
  traceId: string;
  parentSpanId?: string;
  events: { name: string }[];
  status: { code: number; message?: string };
}

let collector: Server;
let endpoint: string;
let sent: SentSpan[];

beforeEach(async () => {
  sent = [];
  collector = createServer((request, response) => {
    void json(request).then((body) => {
      const { resourceSpans } = body as {
        resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[];
      };
      for (const { scopeSpans } of resourceSpans) {
        for (const { spans } of scopeSpans) sent.push(...spans);
      }
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterEach(() => {
  collector.closeAllConnections();
  collector.close();
});

/** As a repository does. */
async function query(note: Note): Promise<string> {
  note('load');
  trace.getTracer('store').startSpan('graph load').end();
  return 'done';
}

const job = { name: 'ingest', version: '1' };

describe('a job in a trace', () => {
  it('is sent before it ends, with its queries and stages', async () => {
    expect(await runTraced({ ...job, endpoint }, query)).toBe('done');
    const [root, child] = ['ingest', 'graph load'].map((name) =>
      sent.find((span) => span.name === name),
    );
    expect(root?.events.map(({ name }) => name)).toEqual(['load']);
    expect(child).toMatchObject({ traceId: root?.traceId, parentSpanId: root?.spanId });
  });

  it('fails as it would without, and its span says so', async () => {
    const failing = runTraced({ ...job, endpoint }, async () => {
      throw new RangeError('planted');
    });
    await expect(failing).rejects.toThrow('planted');
    expect(sent).toMatchObject([{ name: 'ingest', status: { code: 2, message: 'RangeError' } }]);
  });

  it('does its work where no collector answers', async () => {
    collector.close();
    expect(await runTraced({ ...job, endpoint }, query)).toBe('done');
    expect(sent).toEqual([]);
  });
});
