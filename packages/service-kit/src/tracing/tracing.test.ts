import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { SpanKind, trace } from '@opentelemetry/api';
import { ExportResultCode } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { baseConfig } from '../config/base.config.ts';
import { defineConfig } from '../config/define.config.ts';
import { createService } from '../service/create.service.ts';
import type { Service } from '../service/service.types.ts';
import { withSpan } from './child.span.ts';
import { openSpanSink } from './tracer.provider.ts';

interface SentSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
}

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const callerSpan = '00f067aa0ba902b7';
let collector: Server;
let endpoint: string;
let sent: SentSpan[];

beforeEach(async () => {
  sent = [];
  collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString());
      for (const resource of resourceSpans)
        for (const scope of resource.scopeSpans) sent.push(...scope.spans);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterEach(() => collector.close());

async function build(env: Record<string, string>): Promise<Service> {
  const app = await createService({
    name: 'trial',
    version: '1',
    config: defineConfig(baseConfig, { PORT: '23000', LOG_LEVEL: 'silent', ...env }),
  });
  app.get('/chapters/:id', () =>
    withSpan('query chapter', { 'db.system': 'falkordb' }, async () => {
      // As a store client does that knows only @opentelemetry/api.
      trace.getTracer('client').startSpan('GRAPH.RO_QUERY').end();
      return { ok: true };
    }),
  );
  app.post('/notes', () => withSpan('insert note', {}, async () => ({ ok: true })));
  return app;
}

describe('tracing', () => {
  it('follows a sampled caller down to the store', async () => {
    const app = await build({
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_TRACES_SAMPLER_ARG: '0',
    });
    const traceparent = `00-${traceId}-${callerSpan}-01`;
    await app.inject({ url: '/chapters/gen.1', headers: { traceparent } });
    await app.close();
    const [server, query, client] = ['GET /chapters/:id', 'query chapter', 'GRAPH.RO_QUERY'].map(
      (name) => sent.find((span) => span.name === name),
    );
    expect(server).toMatchObject({ traceId, parentSpanId: callerSpan });
    expect(query).toMatchObject({ traceId, parentSpanId: server?.spanId });
    expect(client).toMatchObject({ traceId, parentSpanId: query?.spanId });
  });

  it('keeps the trace of a request with a body', async () => {
    const app = await build({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const body = new ReadableStream({
      async start(controller) {
        controller.enqueue(Buffer.from('{"text":'));
        await wait(20);
        controller.enqueue(Buffer.from('"x"}'));
        controller.close();
      },
    });
    const headers = {
      'content-type': 'application/json',
      traceparent: `00-${traceId}-${callerSpan}-01`,
    };
    const response = await fetch(`${url}/notes`, { method: 'POST', headers, body, duplex: 'half' });
    expect(response.status).toBe(200);
    await app.close();
    const server = sent.find((span) => span.name === 'POST /notes');
    const query = sent.find((span) => span.name === 'insert note');
    expect(query).toMatchObject({ traceId, parentSpanId: server?.spanId });
  });

  it('leaves out what the caller left out, and what is no request', async () => {
    const app = await build({
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_TRACES_SAMPLER_ARG: '1',
    });
    const traceparent = `00-${traceId}-${callerSpan}-00`;
    await app.inject({ url: '/chapters/gen.1', headers: { traceparent } });
    await withSpan('poll', {}, async () => undefined);
    trace.getTracer('client').startSpan('poll').end();
    await app.close();
    expect(sent).toEqual([]);
  });

  it('begins traces by the ratio, under the id that the logs show', async () => {
    const app = await build({
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_TRACES_SAMPLER_ARG: '1',
    });
    const seen: string[] = [];
    app.addHook('onRequest', async (request) => void seen.push(request.trace.traceId));
    await app.inject('/chapters/gen.1');
    await app.close();
    expect(sent.map((span) => span.traceId)).toEqual([seen[0], seen[0], seen[0]]);
  });

  it('leads from a bucket to the trace that was counted in it last', async () => {
    const app = await build({
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_TRACES_SAMPLER_ARG: '0',
    });
    const traceparent = `00-${traceId}-${callerSpan}-01`;
    await app.inject({ url: '/chapters/gen.1', headers: { traceparent } });
    await app.inject({ url: '/chapters/gen.1' });
    const { body, headers } = await app.inject('/metrics');
    expect(headers['content-type']).toContain('application/openmetrics-text');
    const exemplars = body.split('\n').filter((line) => line.includes(' # {'));
    expect(exemplars).toHaveLength(1);
    expect(exemplars[0]).toMatch(
      /^http_server_request_duration_seconds_bucket\{.*http_route="\/chapters\/:id".*\} \d+ # \{trace_id="4bf9/,
    );
    await app.close();
  });

  it('counts spans that are refused, and those for which there is no room', async () => {
    let refuses = true;
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const exporter: SpanExporter = {
      export: (_spans, done) => {
        if (refuses) setImmediate(() => done({ code: ExportResultCode.FAILED }));
        else void answered.then(() => done({ code: ExportResultCode.SUCCESS }));
      },
      shutdown: async () => undefined,
    };
    const counts = { sent: 0, refused: 0, full: 0 };
    const sink = openSpanSink({
      service: 'trial',
      version: '1',
      exporter,
      count: (outcome, spans) => {
        counts[outcome] += spans;
      },
    });
    const send = (spans: number): void => {
      for (let i = 0; i < spans; i += 1) {
        sink.tracer.startSpan('GET /', { kind: SpanKind.SERVER }).end();
      }
    };
    send(64);
    await expect.poll(() => counts.refused).toBe(64);
    refuses = false;
    send(5000);
    expect(counts).toEqual({ sent: 0, refused: 64, full: 5000 - 4096 });
    const ended = sink.shutdown();
    answer();
    await ended;
    expect(counts).toEqual({ sent: 4096, refused: 64, full: 904 });
  });

  it('sends one batch at a time to a collector that is away, and keeps the others', async () => {
    let running = 0;
    let most = 0;
    const exporter: SpanExporter = {
      export: (_spans, done) => {
        running += 1;
        most = Math.max(most, running);
        setTimeout(() => {
          running -= 1;
          done({ code: ExportResultCode.FAILED });
        }, 20);
      },
      shutdown: async () => undefined,
    };
    let refused = 0;
    const sink = openSpanSink({
      service: 'trial',
      version: '1',
      exporter,
      count: (outcome, spans) => {
        if (outcome === 'refused') refused += spans;
      },
    });
    for (let round = 0; round < 20; round += 1) {
      for (let i = 0; i < 64; i += 1) {
        sink.tracer.startSpan('GET /', { kind: SpanKind.SERVER }).end();
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(most).toBe(1);
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(15 * 64);
    await sink.shutdown().catch(() => undefined);
  });

  it('puts all attempts of one change into one trace', async () => {
    const app = await build({
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_TRACES_SAMPLER_ARG: '1',
    });
    const attempt = (key: string) =>
      app.inject({ method: 'POST', url: '/notes', headers: { 'idempotency-key': key } });
    await attempt('0199e6b4-7c00-7abc-8def-0123456789ab');
    await attempt('0199e6b4-7c00-7abc-8def-0123456789ab');
    await attempt('not a key of ours');
    await app.close();
    const traces = sent.filter(({ name }) => name === 'POST /notes').map((span) => span.traceId);
    const one = '0199e6b47c007abc8def0123456789ab';
    expect(traces).toEqual([one, one, expect.not.stringContaining(one)]);
  });

  it('registers nothing without an address', async () => {
    const app = await build({ OTEL_TRACES_SAMPLER_ARG: '1' });
    await app.inject('/chapters/gen.1');
    expect(trace.getTracer('any').startSpan('any').isRecording()).toBe(false);
    await app.close();
    expect(sent).toEqual([]);
  });
});
