import type { TraceEvent } from '@grafana/faro-web-sdk';

/** A request of the page to the API. */
export interface PageSpan {
  traceId: string;
  spanId: string;
  method: string;
  path: string;
  status: number;
  /** Milliseconds since 1970. */
  start: number;
  end: number;
}

type ResourceSpans = NonNullable<TraceEvent['resourceSpans']>[number];

const hex = (bytes: number): string =>
  [...crypto.getRandomValues(new Uint8Array(bytes))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

/**
 * A `fetch` whose requests to the API begin a trace that the gateway goes on with. The gateway alone decides which
 * traces are sent; of those it says so, and the page sends its part.
 */
export function traceFetch(send: typeof fetch, onSpan: (span: PageSpan) => void): typeof fetch {
  return async (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const url = new URL(request?.url ?? String(input), location.href);
    if (url.origin !== location.origin || !url.pathname.startsWith('/api/')) {
      return send(input, init);
    }
    const headers = new Headers(init?.headers ?? request?.headers);
    // All attempts of one change are one trace, as the gateway has it.
    const change = headers.get('idempotency-key')?.replaceAll('-', '') ?? '';
    const traceId = /^[0-9a-f]{32}$/.test(change) ? change : hex(16);
    const [spanId, start] = [hex(8), Date.now()];
    headers.set('traceparent', `00-${traceId}-${spanId}-00`);
    const response = await send(input, { ...init, headers });
    // A kept answer names the trace of the request that it was made for.
    if (response.headers.get('server-timing')?.includes(`00-${traceId}-`)) {
      const method = init?.method ?? request?.method ?? 'GET';
      const { status } = response;
      onSpan({ traceId, spanId, method, path: url.pathname, status, start, end: Date.now() });
    }
    return response;
  };
}

/** As OTLP has it: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
export function resourceSpanOf(span: PageSpan, release: string): ResourceSpans {
  const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
  const nanos = (ms: number): string => `${ms}000000`;
  return {
    resource: {
      attributes: [text('service.name', 'reader-page'), text('service.version', release)],
      droppedAttributesCount: 0,
    },
    scopeSpans: [
      {
        scope: { name: '@gospelib/reader' },
        spans: [
          {
            traceId: span.traceId,
            spanId: span.spanId,
            name: `${span.method} ${span.path}`,
            kind: 3, // client
            startTimeUnixNano: nanos(span.start),
            endTimeUnixNano: nanos(span.end),
            attributes: [
              text('http.request.method', span.method),
              text('url.path', span.path),
              { key: 'http.response.status_code', value: { intValue: span.status } },
            ],
            droppedAttributesCount: 0,
            events: [],
            droppedEventsCount: 0,
            status: { code: span.status >= 500 ? 2 : 0 },
            links: [],
            droppedLinksCount: 0,
          },
        ],
      },
    ],
  };
}
