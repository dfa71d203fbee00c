import { describe, expect, it } from 'vitest';
import { ApiError, createClient, NetworkError } from './index.ts';

type Call = { url: string; signal: AbortSignal | null | undefined };

/** A fake fetch that answers every request with the same response. */
function fakeFetch(answer: () => Response | Promise<Response>): {
  calls: Call[];
  fetch: typeof fetch;
} {
  const calls: Call[] = [];
  return {
    calls,
    fetch: async (input, init) => {
      calls.push({ url: String(input), signal: init?.signal });
      return answer();
    },
  };
}

const json = (body: unknown, init: ResponseInit = {}): Response => Response.json(body, init);

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => {
      throw new Error('expected a failure');
    },
    (error: unknown) => error,
  );
}

describe('addresses', () => {
  const { calls, fetch } = fakeFetch(() => json({}));
  const client = createClient({ baseUrl: 'http://library.test', fetch });

  it.each([
    ['volumes', () => client.volumes(), 'volumes'],
    ['book', () => client.book('1-ne'), 'books/1-ne'],
    ['chapter', () => client.chapter('alma.32'), 'chapters/alma.32'],
    [
      'passages',
      () => client.passages('D&C 76:22; John 1/2'),
      'passages/D%26C%2076%3A22%3B%20John%201%2F2',
    ],
    ['connections', () => client.connections('john.3.16'), 'passages/john.3.16/connections'],
    [
      'connections of a kind',
      () => client.connections('john.3.16', { kind: 'word', cursor: 'a+b', limit: 5 }),
      'passages/john.3.16/connections?kind=word&cursor=a%2Bb&limit=5',
    ],
    ['resolve', () => client.resolve('1Ne3:7'), 'resolve?q=1Ne3%3A7'],
    [
      'search',
      () => client.search({ q: '"tree of life" & more', volume: 'ot', book: undefined }),
      'search?q=%22tree+of+life%22+%26+more&volume=ot',
    ],
    ['word', () => client.word('H7225', { cursor: 'c' }), 'words/H7225?cursor=c'],
    ['words', () => client.words({ q: 'αγαπη' }), 'words?q=%CE%B1%CE%B3%CE%B1%CF%80%CE%B7'],
    ['name', () => client.name('moses'), 'names/moses'],
    ['topics', () => client.topics({ q: 'faith' }), 'topics?q=faith'],
    ['topic', () => client.topic('faith'), 'topics/faith'],
    [
      'study map',
      () => client.studyMap('alma.32.21', { depth: 2, kinds: ['word', 'name'] }),
      'graph/alma.32.21?depth=2&kinds=word%2Cname',
    ],
    ['corpus', () => client.corpus(), 'corpus'],
    ['openApi', () => client.openApi(), 'openapi.json'],
  ])('%s', async (_name, call, path) => {
    await call();
    expect(calls.at(-1)?.url).toBe(`http://library.test/api/v1/${path}`);
  });
});

describe('answers', () => {
  it('gives the body of a success', async () => {
    const { fetch } = fakeFetch(() => json({ volumes: [] }));
    expect(await createClient({ baseUrl: '', fetch }).volumes()).toEqual({ volumes: [] });
  });

  it('turns a problem document into an ApiError', async () => {
    const problem = {
      type: '/problems/not-found',
      title: 'Not found',
      status: 404,
      detail: 'Malachi has 4 chapters; there is no chapter 5.',
    };
    const { fetch } = fakeFetch(() =>
      json(problem, { status: 404, headers: { 'content-type': 'application/problem+json' } }),
    );
    const error = await failure(createClient({ baseUrl: '', fetch }).chapter('mal.5'));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 404, problem, message: problem.detail });
  });

  it('keeps the status of an error page that is not JSON, and when to try again', async () => {
    const { fetch } = fakeFetch(
      () =>
        new Response('<h1>Bad gateway</h1>', {
          status: 502,
          statusText: 'Bad Gateway',
          headers: { 'content-type': 'text/html', 'retry-after': '3' },
        }),
    );
    const error = await failure(createClient({ baseUrl: '', fetch }).corpus());
    expect(error).toMatchObject({
      name: 'ApiError',
      status: 502,
      retryAfter: 3,
      problem: { title: 'Bad Gateway' },
    });
  });

  it('survives a problem document that is cut off', async () => {
    const { fetch } = fakeFetch(
      () =>
        new Response('{"title":', {
          status: 503,
          headers: { 'content-type': 'application/problem+json' },
        }),
    );
    const error = await failure(createClient({ baseUrl: '', fetch }).corpus());
    expect(error).toMatchObject({ name: 'ApiError', status: 503, retryAfter: undefined });
  });

  it('tells a network failure from an answer', async () => {
    const cause = new TypeError('Failed to fetch');
    const { fetch } = fakeFetch(() => Promise.reject(cause));
    const error = await failure(createClient({ baseUrl: '', fetch }).corpus());
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ cause });
  });

  it('takes a truncated body for a network failure', async () => {
    const { fetch } = fakeFetch(() => new Response('{"volumes":['));
    expect(await failure(createClient({ baseUrl: '', fetch }).volumes())).toBeInstanceOf(
      NetworkError,
    );
  });

  it('passes the signal on and rethrows the reason of an abort', async () => {
    const abort = new AbortController();
    const { calls, fetch } = fakeFetch(() => {
      abort.abort();
      return Promise.reject(new DOMException('stopped', 'AbortError'));
    });
    const error = await failure(
      createClient({ baseUrl: '', fetch }).volumes({ signal: abort.signal }),
    );
    expect(calls[0]?.signal).toBe(abort.signal);
    expect(error).toBe(abort.signal.reason);
  });
});
