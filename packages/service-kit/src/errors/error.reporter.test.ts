import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { baseConfig } from '../config/base.config.ts';
import { defineConfig } from '../config/define.config.ts';
import { ProblemError } from '../problem/problem.error.ts';
import { createService } from '../service/create.service.ts';

interface Received {
  url: string;
  /** Lines of an envelope: its header, then header and payload of each item. */
  lines: Record<string, unknown>[];
}

let sentry: Server;
let received: Received[];
let dsn: string;

beforeEach(async () => {
  received = [];
  sentry = createServer((request, response) => {
    text(request).then((body) => {
      const lines = body.trim().split('\n');
      received.push({ url: request.url ?? '', lines: lines.map((line) => JSON.parse(line)) });
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((done) => sentry.listen(0, '127.0.0.1', done));
  dsn = `http://key@127.0.0.1:${(sentry.address() as AddressInfo).port}/42`;
});
afterEach(() => {
  sentry.closeAllConnections();
  sentry.close();
});

/** One request to each route, then the end. @returns the trace's id */
async function fail(env: Record<string, string>): Promise<string> {
  const app = await createService({
    name: 'trial',
    version: '1.2.3',
    config: defineConfig(baseConfig, { PORT: '23000', LOG_LEVEL: 'silent', ...env }),
  });
  app.get('/notes/:id', () => {
    throw new TypeError('Key (email)=(alma@zarahemla.example) "my diary"');
  });
  app.get('/away', () => {
    throw new ProblemError('store-unavailable');
  });
  app.get('/wrong', () => {
    throw new ProblemError('bad-request', 'No.');
  });
  const traceId = 'a'.repeat(32);
  const headers = {
    traceparent: `00-${traceId}-${'b'.repeat(16)}-00`,
    cookie: 'session=secret',
    authorization: 'Bearer secret',
  };
  for (const url of ['/notes/my-secret?q=secret', '/away', '/wrong', '/nowhere']) {
    await app.inject({ url, headers });
  }
  await app.close();
  return traceId;
}

describe('errors', () => {
  it('are sent as Sentry takes them, with release and trace, and nothing personal', async () => {
    const traceId = await fail({ SENTRY_DSN: dsn, GOSPELIB_REVISION: '4f8a0c9' });
    expect(received).toHaveLength(1); // what is foreseen is no error of ours
    const [{ url, lines } = { url: '', lines: [] }] = received;
    expect(url).toContain('/api/42/envelope/');
    expect(url).toContain('sentry_key=key');
    const [envelope, item, event] = lines;
    expect(envelope).toMatchObject({ event_id: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(item).toMatchObject({ type: 'event' });
    expect(event).toMatchObject({
      event_id: envelope?.event_id,
      platform: 'node',
      level: 'error',
      release: 'trial@1.2.3+4f8a0c9',
      environment: 'local',
      transaction: 'GET /notes/:id',
      tags: { service: 'trial', trace_id: traceId },
      contexts: { trace: { trace_id: traceId } },
      exception: {
        values: [{ type: 'TypeError', value: 'Key (email)=([hidden]) "[hidden]"' }],
      },
    });
    const stack = (event as { exception: { values: { stacktrace: { frames: object[] } }[] } })
      .exception.values[0]?.stacktrace.frames;
    expect(stack?.at(-1)).toMatchObject({
      filename: expect.stringContaining('error.reporter.test.ts'),
      lineno: expect.any(Number),
    });
    expect(JSON.stringify(lines)).not.toMatch(/secret|zarahemla|diary/);
  });

  it('go nowhere without an address', async () => {
    await fail({});
    expect(received).toEqual([]);
  });

  it('are forgotten when the address does not answer, and nobody waits for it', async () => {
    sentry.close();
    await expect(fail({ SENTRY_DSN: dsn })).resolves.toBeDefined();
    expect(received).toEqual([]);
  });
});
