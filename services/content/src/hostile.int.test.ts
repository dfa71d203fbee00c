import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SmallApp, startSmallApp } from './testing/small.app.ts';

let small: SmallApp;
beforeAll(async () => {
  small = await startSmallApp('full');
});
afterAll(() => small.stop());

/** Input that would break out of a Cypher literal, a path, a number, a reference or a search. */
const TRICKS = [
  "' }) DETACH DELETE n //",
  '" }) MATCH (n) DETACH DELETE n //',
  '\\" RETURN 1 //',
  '\u0000',
  '\ud800',
  '\u2028',
  '$id',
  '__proto__',
  'constructor',
  '../..',
  '%00',
  '1e309',
  '-1',
  'NaN',
  'gen.1.1-',
  'gen.1.1..',
  'John 3:16;'.repeat(30),
  'ﷺ'.repeat(60),
  'a'.repeat(300),
  '"'.repeat(50),
  'the '.repeat(60),
  '\u0301'.repeat(100),
];
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 220 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(...TRICKS),
  fc.tuple(fc.constantFrom(...TRICKS), fc.string({ maxLength: 20 })).map((parts) => parts.join('')),
);
const encode = (text: string) => encodeURIComponent(text.toWellFormed());

const PATHS: readonly ((value: string) => string)[] = [
  (value) => `books/${value}`,
  (value) => `chapters/${value}`,
  (value) => `passages/${value}`,
  (value) => `passages/${value}/connections`,
  (value) => `passages/gen.1.1/connections?kind=${value}`,
  (value) => `passages/gen.1.1/connections?kind=word&cursor=${value}`,
  (value) => `passages/gen.1.1/connections?limit=${value}`,
  (value) => `resolve?q=${value}`,
  (value) => `search?q=${value}`,
  (value) => `search?q=lord&volume=${value}`,
  (value) => `search?q=lord&book=${value}`,
  (value) => `search?q=lord&cursor=${value}`,
  (value) => `search?q=lord&limit=${value}`,
  (value) => `search?${value}=${value}`,
  (value) => `words/${value}`,
  (value) => `words/H430?cursor=${value}`,
  (value) => `words?q=${value}`,
  (value) => `names/${value}`,
  (value) => `topics?q=${value}`,
  (value) => `topics/${value}`,
  (value) => `graph/${value}`,
  (value) => `graph/gen.1.1?kinds=${value}`,
  (value) => `graph/gen.1.1?depth=${value}`,
  (value) => `${value}`,
];

describe('whatever is asked', () => {
  it.each(PATHS.map((path) => [path('…'), path] as const))(
    '%s is answered in time, never with a fault of ours',
    async (_name, path) => {
      await fc.assert(
        fc.asyncProperty(hostile, async (value) => {
          const { statusCode, headers, body } = await small.app.inject(
            `/api/v1/${path(encode(value))}`,
          );
          expect(statusCode, body).toBeLessThan(500);
          if (statusCode >= 400) expect(headers['content-type']).toContain('problem+json');
        }),
        { numRuns: 60 },
      );
    },
  );

  it('an address that is not even encoded right is a problem as well', async () => {
    for (const url of ['/api/v1/passages/%E0%A4%A', '/api/v1/passages/%C0%AF', '/api/v1/%']) {
      const { statusCode } = await small.app.inject(url);
      expect(statusCode, url).toBeGreaterThanOrEqual(400);
      expect(statusCode, url).toBeLessThan(500);
    }
  });

  it('the graph stays as it was', async () => {
    const counts = await small.store
      .at('0123456789ab-full')
      .query('count', 'MATCH (n) RETURN count(n) AS nodes', {}, ({ nodes }) => nodes);
    expect(counts).toEqual([await nodesLoaded()]);
  });
});

/** What the small corpus holds: thirteen books with their chapters and verses, and the nodes of its lists. */
async function nodesLoaded(): Promise<number> {
  const { body } = await small.app.inject('/api/v1/volumes');
  const volumes: { books: { chapters: number; verses: number }[] }[] = JSON.parse(body).volumes;
  const books = volumes.flatMap((volume) => volume.books);
  const LISTED = 13 + 2 + 3 + 1; // words, names, topics, commentaries
  const MANIFEST = 1;
  return books.reduce(
    (sum, { chapters, verses }) => sum + 1 + chapters + verses,
    volumes.length + LISTED + MANIFEST,
  );
}
