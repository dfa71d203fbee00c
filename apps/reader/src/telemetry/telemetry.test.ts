import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PageSpan, resourceSpanOf, traceFetch } from './fetch.trace.ts';
import { placeOf, withoutPlaces } from './page.place.ts';
import { asksForPrivacy } from './telemetry.start.ts';

it.each([
  [{ doNotTrack: null }, false],
  [{ doNotTrack: '0' }, false],
  [{ doNotTrack: '1' }, true],
  [{ doNotTrack: null, globalPrivacyControl: true }, true],
])('%j asks for privacy: %s', (asked, expected) => {
  expect(asksForPrivacy(asked)).toBe(expected);
});

it.each([
  ['/', '/'],
  ['/alma', '/:book'],
  ['/alma/32/21', '/:book/:chapter'],
  ['/search', '/search'],
  ['/notebook/0199e6b4', '/notebook/:id'],
])('the place of %s is %s', (path, place) => {
  expect(placeOf(path)).toBe(place);
});

it('leaves out what an address tells of a reader', () => {
  const json = JSON.stringify({
    url: 'http://localhost:8080/search?q=grief#top',
    list: 'http://localhost:8080/shared/secret-link',
    message: 'failed at /notebook/0199e6b4-7c00',
  });
  expect(JSON.parse(withoutPlaces(json))).toEqual({
    url: 'http://localhost:8080/search',
    list: 'http://localhost:8080/shared/:id',
    message: 'failed at /notebook/:id',
  });
});

describe('requests of the page', () => {
  const before = globalThis.location;
  beforeAll(() => {
    Object.assign(globalThis, { location: new URL('http://localhost:8080/alma/32') });
  });
  afterAll(() => {
    Object.assign(globalThis, { location: before });
  });

  /** @param decides what the gateway says of a trace */
  async function ask(
    decides: (traceparent: string) => string | undefined,
    url: string,
    init?: RequestInit,
  ): Promise<{ sent: Headers; spans: PageSpan[] }> {
    const spans: PageSpan[] = [];
    let sent = new Headers();
    const traced = traceFetch(
      async (_input, with_) => {
        sent = new Headers(with_?.headers);
        const said = decides(sent.get('traceparent') ?? '');
        return new Response('{}', said === undefined ? {} : { headers: { 'server-timing': said } });
      },
      (span) => spans.push(span),
    );
    await traced(url, init);
    return { sent, spans };
  }
  const sends = (traceparent: string) => `traceparent;desc="${traceparent}"`;

  it('begin a trace, and send their part when the gateway sends its own', async () => {
    const { sent, spans } = await ask(sends, '/api/v1/chapters/alma.32', {
      headers: { accept: 'application/json' },
    });
    expect(sent.get('accept')).toBe('application/json');
    const [, traceId, spanId] = (sent.get('traceparent') ?? '').split('-');
    expect(spans).toMatchObject([
      { traceId, spanId, method: 'GET', path: '/api/v1/chapters/alma.32', status: 200 },
    ]);
    const [span] = spans;
    const resource = span && resourceSpanOf(span, '1+abc');
    expect(resource?.scopeSpans[0]?.spans?.[0]).toMatchObject({ traceId, spanId, kind: 3 });
  });

  it.each([
    ['the gateway sends nothing', () => undefined],
    ['a kept answer tells of another trace', () => sends(`00-${'a'.repeat(32)}-b-01`)],
  ])('send nothing when %s', async (_, decides) => {
    const { sent, spans } = await ask(decides, '/api/v1/search?q=faith');
    expect(sent.has('traceparent')).toBe(true);
    expect(spans).toEqual([]);
  });

  it.each(['/assets/a.js', 'https://elsewhere.example/api/x'])('leave %s alone', async (url) => {
    const { sent, spans } = await ask(sends, url);
    expect(sent.has('traceparent')).toBe(false);
    expect(spans).toEqual([]);
  });
});
