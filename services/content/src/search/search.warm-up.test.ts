import { expect, it } from 'vitest';
import type { Corpus } from '../corpus/corpus.ts';
import { PassageIndex } from '../passages/passages.index.ts';
import { buildBookIndex } from '../volumes/volumes.index.ts';
import { WordIndex } from '../words/words.index.ts';
import { buildSearchEngine, type SearchEngine } from './search.engine.ts';
import { warmUpQueries, warmUpSearch } from './search.warm-up.ts';

const TEXT = 'Yea, behold, I say unto you that faith is not to have a perfect knowledge of things';

/** Twelve verses of one book, with what a search asks for; `asked` counts the searches. */
async function smallCorpus() {
  const verses = Array.from({ length: 12 }, (_, at) => ({
    ...{ id: `alma.32.${at + 1}`, book: 'alma', text: TEXT },
  }));
  const bookIndex = buildBookIndex([], []);
  const passages = new PassageIndex(verses, new Map([['alma', 0]]));
  const engine = await buildSearchEngine(passages.texts);
  const asked = { queries: 0, hits: 0 };
  const match: SearchEngine['match'] = (query) => {
    const matches = engine.match(query);
    asked.queries += 1;
    asked.hits += matches.length;
    return matches;
  };
  const words = await WordIndex.build([]);
  const corpus = { bookIndex, passages, words, search: { ...engine, match }, version: 'v' };
  return { corpus: corpus as unknown as Corpus, asked };
}

it('searches for phrases, words, quotations and references of the corpus', async () => {
  const { corpus, asked } = await smallCorpus();
  expect([...warmUpQueries(corpus)].slice(0, 6)).toEqual([
    'yea behold i say',
    '"behold i say unto"',
    'perfect faith behold',
    'yea behold i unto you that faith',
    'behold',
    'Alma 32:6',
  ]);
  await warmUpSearch(corpus, () => true);
  expect(asked.queries).toBe(12);
  expect(asked.hits).toBeGreaterThan(12 * 8);
});

it('yields to requests, and ends when another corpus is served', async () => {
  const { corpus, asked } = await smallCorpus();
  let served = true;
  setImmediate(() => {
    served = false;
  });
  await warmUpSearch(corpus, () => served);
  expect(asked.queries).toBeGreaterThan(0);
  expect(asked.queries).toBeLessThan(4);
});
