import { randomUUIDv7 } from 'node:crypto';
import { problem } from '@gospelib/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Reader, startWorld, type World } from './testing/study.world.ts';

let world: World;
let maker: Reader;

beforeAll(async () => {
  world = await startWorld();
  maker = await world.reader();
});
afterAll(() => world?.close());

const runs = { numRuns: 60 };
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom(
    "';--",
    '\0',
    '%00',
    '\ud800',
    '../..',
    '{{}}',
    '$1',
    '<script>',
    '🌱',
    'a'.repeat(600),
  ),
);

/** Checks that the answer is no server error, and that a refusal is a problem. */
function expectManners(response: { statusCode: number; json(): unknown }, what: string): void {
  expect(response.statusCode, what).toBeLessThan(500);
  if (response.statusCode >= 400)
    expect(problem.parse(response.json()).status).toBe(response.statusCode);
}

describe('arbitrary text', () => {
  it.each([
    '/notes/:x',
    '/highlights/:x',
    '/collections/:x',
    '/shared/:x',
    '/chapters/:x/marks',
    '/notes?tag=:x',
    '/notes?book=:x',
    '/notes?passage=:x',
    '/notes?cursor=:x',
    '/notes?limit=:x',
    '/highlights?color=:x',
    '/history?cursor=:x',
    '/search?q=:x',
    '/search?q=faith&cursor=:x',
  ])('in %s', async (path) => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const safe = text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80';
        expectManners(
          await maker('GET', path.replace(':x', safe)),
          `${path} ${JSON.stringify(text)}`,
        );
      }),
      runs,
    );
  });

  it('as a search of many signs', async () => {
    const signs = fc.array(
      fc.constantFrom(
        '"',
        '-',
        ':',
        '*',
        '|',
        '&',
        '!',
        '(',
        ')',
        '<->',
        ' or ',
        'faith',
        ' ',
        "'",
        '\\',
      ),
    );
    await fc.assert(
      fc.asyncProperty(signs, async (all) => {
        const q = encodeURIComponent(all.join('').slice(0, 200));
        expectManners(await maker('GET', `/search?q=${q}`), q);
      }),
      runs,
    );
  });

  it('in cursors that are JSON', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue(),
        fc.constantFrom('/notes', '/history', '/search?q=a'),
        async (value, path) => {
          const cursor = Buffer.from(JSON.stringify(value)).toString('base64url');
          const join = path.includes('?') ? '&' : '?';
          expectManners(await maker('GET', `${path}${join}cursor=${cursor}`), cursor);
        },
      ),
      runs,
    );
  });
});

describe('arbitrary bodies', () => {
  const paths = ['/notes', '/highlights', '/bookmarks', '/collections'];
  it.each(paths)('to %s are stored as sent or refused', async (path) => {
    const wild = fc.record(
      {
        passage: fc.oneof(anyText, fc.constantFrom('alma.32.21', 'alma', 'ps.3.0')),
        words: fc.oneof(fc.record({ start: fc.integer(), end: fc.integer() }), fc.jsonValue()),
        body: anyText,
        label: anyText,
        title: anyText,
        description: anyText,
        color: fc.constantFrom('red', 'mauve', 1),
        tags: fc.oneof(fc.array(anyText), fc.jsonValue()),
        items: fc.oneof(
          fc.array(fc.record({ passage: fc.constant('alma.32'), comment: anyText })),
          fc.jsonValue(),
        ),
        createdAt: fc.oneof(
          anyText,
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(wild, async (body) => {
        const response = await maker('POST', path, body);
        expectManners(response, JSON.stringify(body));
        if (response.statusCode === 201) {
          const { createdAt: _, ...sent } = JSON.parse(JSON.stringify(body));
          expect(response.json()).toMatchObject(sent);
          const read = await maker('GET', `${path}/${response.json().id}`);
          expect(read.json()).toEqual(response.json());
        }
      }),
      runs,
    );
  });

  it('of any JSON are refused with their faults', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.constantFrom(...paths, '/import'), async (body, path) => {
        const response = await maker('POST', path, JSON.stringify(body), {
          'content-type': path === '/import' ? 'application/x-ndjson' : 'application/json',
        });
        expect(response.statusCode).toBe(400);
        expectManners(response, JSON.stringify(body));
      }),
      runs,
    );
  });

  it.each([
    ['half of JSON', '{"body":"x"', 'application/json', 400],
    ['a prototype', '{"__proto__":{"a":1},"body":"x"}', 'application/json', 400],
    ['a deep nest', '['.repeat(100_000), 'application/json', 400],
    ['a form', 'body=x', 'application/x-www-form-urlencoded', 415],
    ['nothing', '', 'application/json', 400],
  ])('refuses %s', async (_name, body, type, status) => {
    const response = await maker('POST', '/notes', body, { 'content-type': type });
    expect(response.statusCode).toBe(status);
    expectManners(response, body.slice(0, 40));
  });
});

it('keeps bodies byte for byte', async () => {
  const bodies = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 300 })
    .map((text) => `x${[...text].filter((c) => c >= ' ' && c !== '\u007f').join('')}`);
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      const made = await maker('PUT', `/notes/${randomUUIDv7()}`, { body });
      expect(made.statusCode).toBe(201);
      expect((await maker('GET', `/notes/${made.json().id}`)).json().body).toBe(body);
    }),
    runs,
  );
});
