import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill } from 'node:process';
import { chapterResponse, corpusResponse } from '@gospelib/contracts';
import { activate } from '@gospelib/graph';
import { startFalkor } from '@gospelib/stores';
import { afterEach, describe, expect, it } from 'vitest';
import { type SmallApp, startSmallApp, until, VERSION } from '../testing/small.app.ts';
import { activateSmallCorpus, FEW_BOOKS } from '../testing/small.corpus.ts';

let small: SmallApp;
afterEach(() => small.stop());

const status = async (path: string) => (await small.app.inject(path)).statusCode;
const chapter = '/api/v1/chapters/moses.1';

describe('an empty store', () => {
  it('is a 503 that says to run the ingest, until a corpus is active', async () => {
    small = await startSmallApp();
    const { status: code, detail } = await small.problem('chapters/moses.1');
    expect(code).toBe(503);
    expect(detail).toContain('ingest');
    const { headers } = await small.app.inject(chapter);
    expect(headers['retry-after']).toBe('5');
    expect(await status('/ready')).toBe(503);
    expect(await status('/health')).toBe(200);

    await activateSmallCorpus(small.store, VERSION, 'full', FEW_BOOKS);
    await until(async () => (await status('/ready')) === 200);
    expect(await status(chapter)).toBe(200);
  });
});

describe('a new version', () => {
  it('takes the place of the old one at once, and back', async () => {
    small = await startSmallApp('default', undefined, FEW_BOOKS);
    const old = await small.app.inject('/api/v1/words/G26');
    expect(old.body).toContain('full corpus');

    const seen: string[] = [];
    let going = true;
    const readers = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (going) {
          const { statusCode, headers, body } = await small.app.inject('/api/v1/corpus');
          expect(statusCode).toBe(200);
          const { version } = corpusResponse.parse(JSON.parse(body));
          expect(headers.etag).toContain(version);
          if (seen.at(-1) !== version) seen.push(version);
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
      }),
    );
    const next = 'ba9876543210-full';
    await activateSmallCorpus(small.store, next, 'full', FEW_BOOKS);
    await until(async () => seen.at(-1) === next);
    const cursor = (await small.app.inject('/api/v1/topics?limit=1')).json().next;
    await activate(small.store, VERSION);
    await until(async () => seen.at(-1) === VERSION);
    going = false;
    await readers;
    expect(seen).toEqual([VERSION, next, VERSION]);
    expect((await small.problem(`topics?limit=1&cursor=${cursor}`)).code).toBe('bad-cursor');
  });
});

describe('the store away', () => {
  /** Queries of chapters that the store was sent. */
  const queries = async () => {
    const { body } = await small.app.inject('/metrics');
    const counts = body.matchAll(/^\w+_count\{.*db_query_summary="chapter[^}]*\} (\d+)$/gm);
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  };
  /** What is answered once the store is known to be away: at once, since it is not asked any more. */
  const away = async () => {
    const before = await queries();
    const kept = await small.app.inject(chapter);
    const fresh = await small.app.inject('/api/v1/chapters/moses.3');
    const asked = (await queries()) - before;
    return { statuses: [kept.statusCode, fresh.statusCode], headers: kept.headers, asked };
  };

  it('that hangs: 503 while it does, also for what is cached, and back by itself', async () => {
    small = await startSmallApp('full', undefined, FEW_BOOKS);
    expect(await status(chapter)).toBe(200);
    expect(await queries()).toBeGreaterThan(0);
    kill(small.falkor.pid, 'SIGSTOP');
    try {
      await until(async () => (await status(chapter)) === 503);
      const { statuses, headers, asked } = await away();
      expect(statuses).toEqual([503, 503]);
      expect(asked).toBe(0);
      expect(headers['retry-after']).toBe('1');
      expect(headers['content-type']).toContain('application/problem+json');
      expect(await status('/ready')).toBe(503);
      expect(await status('/health')).toBe(200);
    } finally {
      kill(small.falkor.pid, 'SIGCONT');
    }
    await until(async () => (await status('/ready')) === 200);
    expect(await status(chapter)).toBe(200);
    await small.get('chapters/moses.4', chapterResponse);
  });

  it('a query under way when it hangs is answered while it does', async () => {
    small = await startSmallApp('full', undefined, FEW_BOOKS);
    kill(small.falkor.pid, 'SIGSTOP');
    try {
      expect(await status('/api/v1/chapters/moses.5')).toBe(503);
    } finally {
      kill(small.falkor.pid, 'SIGCONT');
    }
    await until(async () => (await status('/ready')) === 200);
  });

  it('that is killed and started anew: 503 meanwhile, then back by itself', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'gospelib-killed-'));
    small = await startSmallApp('full', () => startFalkor({ dataDir }), FEW_BOOKS);
    const { port, pid } = small.falkor;
    expect(await status(chapter)).toBe(200);
    // What was written reaches the append-only file within a second.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    kill(pid, 'SIGKILL');
    // What is in memory is served for a while yet.
    expect(await status(chapter)).toBe(200);
    await until(async () => (await status(chapter)) === 503);
    expect((await away()).statuses).toEqual([503, 503]);

    await small.falkor.stop();
    const again = await startFalkor({ dataDir, port });
    try {
      await until(async () => (await status('/ready')) === 200);
      expect(await status(chapter)).toBe(200);
      await small.get('chapters/moses.4', chapterResponse);
    } finally {
      await again.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
