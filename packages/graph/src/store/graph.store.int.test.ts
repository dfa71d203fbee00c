import { startTestFalkor } from '@gospelib/testkit';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { GraphQueryError, StoreUnavailableError } from '../graph.error.ts';
import { type CutLine, openProxy } from '../testing/cut.line.ts';
import { connectGraph, type GraphStore } from './graph.store.ts';

type Falkor = Awaited<ReturnType<typeof startTestFalkor>>;

describe('a connection to a real store', () => {
  let falkor: Falkor;
  let store: GraphStore;
  const seen: [string, string][] = [];

  beforeAll(async () => {
    falkor = await startTestFalkor();
    store = connectGraph(falkor.url, { onQuery: (name, outcome) => seen.push([name, outcome]) });
    await store.whenReady(60_000);
    await store.send(['GRAPH.QUERY', 'gospelib:t', 'CREATE (:Name {id: "a"})']);
  });
  afterEach(() => {
    seen.length = 0;
  });
  afterAll(async () => {
    await store.close();
    await falkor.stop();
  });

  const echo = async (value: string | number | null) => {
    const [result] = await store
      .at('t')
      .query('echo', 'RETURN $value AS v', { value }, ({ v }) => v);
    return result;
  };

  it('hands back every text as it was given, whatever it holds', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    const hostile = fc.constantFrom(
      '"',
      '\\',
      "'",
      '`',
      '$value',
      '\n',
      '//',
      '/*',
      '{',
      '\u2028',
      '\\u0041',
    );
    const mixed = fc.array(fc.oneof(text, hostile)).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(mixed, async (value) => {
        expect(await echo(value)).toBe(value.toWellFormed().replaceAll('\0', '\uFFFD'));
      }),
      { numRuns: 150 },
    );
  });

  it('takes an answer that waits unread, however long this process itself was busy', async () => {
    const cypher = 'UNWIND range(1, 300000) AS n RETURN sum(n) AS sum';
    const answer = store.at('t').query('sum', cypher, {}, ({ sum }) => sum);
    await new Promise((resolve) => setTimeout(resolve, 5)); // the question is on its way, its answer is not
    await new Promise((resolve) => setImmediate(resolve)); // Node looks at its timers next
    const end = performance.now() + 1_500;
    while (performance.now() < end);
    expect(await answer).toEqual([45_000_150_000]);
  });

  it('takes a very long text', async () => {
    const value = '\\"'.repeat(500_000);
    expect(await echo(value)).toBe(value);
  });

  it('reads only', async () => {
    const write = store.at('t').query('write', 'CREATE (:Name {id: "b"})', {}, (row) => row);
    await expect(write).rejects.toThrow(GraphQueryError);
    const nodes = await store
      .at('t')
      .query('count', 'MATCH (n) RETURN n.id AS id', {}, ({ id }) => id);
    expect(nodes).toEqual(['a']);
  });

  it('tells each query with its outcome', async () => {
    await echo(1);
    await expect(store.at('t').query('bad', 'RETUR 1', {}, (row) => row)).rejects.toThrow(
      GraphQueryError,
    );
    expect(seen).toEqual([
      ['echo', 'ok'],
      ['bad', 'error'],
    ]);
  });

  it('calls a graph that is not there unavailable', async () => {
    const query = store.at('gone').query('echo', 'RETURN 1 AS v', {}, (row) => row);
    await expect(query).rejects.toThrow(StoreUnavailableError);
  });

  it('gives up a query that takes too long, in the store as well', async () => {
    // In full it would take hours.
    const slow =
      'UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN sum(a * b) AS v';
    await expect(store.at('t').query('slow', slow, {}, (row) => row)).rejects.toThrow(
      StoreUnavailableError,
    );
    await expect.poll(() => echo(7)).toBe(7);
  });
});

describe('a password that changes', () => {
  it('comes in with the next connection, and open ones stay', async () => {
    const falkor = await startTestFalkor();
    const withPassword = (password: string) =>
      Object.assign(new URL(falkor.url), { password }).href;
    const owner = connectGraph(falkor.url, { connections: 1 });
    await owner.whenReady(60_000);
    await owner.send(['ACL', 'SETUSER', 'default', 'resetpass', '>first']);
    let address = withPassword('first');
    const store = connectGraph(() => address, { connections: 1 });
    try {
      await store.whenReady(60_000);
      await owner.send(['ACL', 'SETUSER', 'default', '>second']);
      address = withPassword('second');
      await owner.send(['ACL', 'SETUSER', 'default', '<first']);
      await store.ping();
      await owner.send(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']);
      await expect.poll(() => store.ping().then(() => 'answers', String)).toBe('answers');
    } finally {
      await Promise.all([store.close(), owner.close()]);
      await falkor.stop();
    }
  });
});

describe('a store that goes away', () => {
  let falkor: Falkor;
  let proxy: CutLine;
  let store: GraphStore;
  let connected = 0;
  // One that still connects would be ready soon after those that were asked were found silent.
  const allConnected = () => vi.waitFor(() => expect(connected).toBe(4), { timeout: 10_000 });

  beforeAll(async () => {
    falkor = await startTestFalkor();
    proxy = await openProxy(falkor.port);
    const address = new URL(falkor.url);
    address.port = String(proxy.port);
    store = connectGraph(address.href, {
      timeout: 400,
      connections: 4,
      onChange: (_ready, reason) => {
        if (reason === 'connected') connected += 1;
      },
    });
    await store.whenReady(60_000);
    await allConnected();
  });
  afterAll(async () => {
    await store.close();
    await proxy.cut();
    await falkor.stop();
  });

  it('fails while it is stopped, at once after that, and works again by itself', async () => {
    process.kill(falkor.pid, 'SIGSTOP');
    try {
      const calls = Array.from({ length: 20 }, () => store.ping());
      const outcomes = await Promise.allSettled(calls);
      expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
      expect(store.isReady()).toBe(false);

      // At once: before Node looks at any timer or socket again.
      const waited = new Promise((resolve) => setImmediate(resolve, 'waited'));
      const again = store.ping().catch((error: unknown) => error);
      expect(await Promise.race([again, waited])).toBeInstanceOf(StoreUnavailableError);
    } finally {
      process.kill(falkor.pid, 'SIGCONT');
    }
    await expect.poll(() => store.isReady()).toBe(true);
    await store.ping();
  });

  it('fails what is under way when it is cut off, and finds the store again', async () => {
    process.kill(falkor.pid, 'SIGSTOP');
    const underWay = store.ping();
    await proxy.cut();
    await expect(underWay).rejects.toThrow(StoreUnavailableError);
    process.kill(falkor.pid, 'SIGCONT');
    await expect.poll(() => store.isReady()).toBe(false);
    await expect(store.ping()).rejects.toThrow(StoreUnavailableError);
    connected = 0;
    await proxy.restore();
    await expect.poll(() => store.isReady()).toBe(true);
    await store.ping();
    await allConnected();
  });

  it('replaces connections that have gone silent', async () => {
    proxy.stall();
    await Promise.allSettled(Array.from({ length: 8 }, () => store.ping()));
    expect(store.isReady()).toBe(false);
    await expect.poll(() => store.isReady()).toBe(true);
    await store.ping();
  });
});

it('does not wait for a store that was never there', async () => {
  const store = connectGraph('redis://127.0.0.1:9', { timeout: 300 });
  try {
    await expect(store.ping()).rejects.toThrow(StoreUnavailableError);
    await expect(store.whenReady(200)).rejects.toThrow(StoreUnavailableError);
  } finally {
    await store.close();
  }
});
