import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Corpus } from '../corpus/corpus.ts';
import { searchCorpus } from './search.service.ts';

/** Enough for the code to be compiled for what is really searched; half a second of work in all. */
const QUERIES = 150;
/** The page that the reader asks for. */
const LIMIT = 20;

/**
 * Searches for what people may type, so that the first readers after a start do not wait for the compiler. Yields to
 * requests after each search; what is found is not kept.
 * @param isServed asked before each search: a corpus that was replaced is not worth it
 */
export async function warmUpSearch(corpus: Corpus, isServed: () => boolean): Promise<void> {
  for (const q of warmUpQueries(corpus)) {
    if (!isServed()) return;
    JSON.stringify(searchCorpus(corpus, { q, limit: LIMIT }));
    await yieldToEventLoop();
  }
}

/** Phrases, words in another order, quotations, verses half remembered, single words, references: from all over the corpus. */
export function* warmUpQueries({ passages }: Pick<Corpus, 'passages'>): Generator<string> {
  const { texts } = passages;
  const stride = Math.max(1, Math.floor(texts.length / QUERIES));
  for (let place = 0; place < texts.length; place += stride) {
    const { text, reference } = passages.at(place);
    const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
    const long = words.filter((word) => word.length > 4);
    const query = [
      () => words.slice(0, 4).join(' '),
      () => `"${words.slice(1, 5).join(' ')}"`,
      () => long.slice(0, 3).reverse().join(' '),
      () => words.slice(0, 8).toSpliced(3, 1).join(' '),
      () => long[0] ?? '',
      () => reference,
    ][(place / stride) % 6];
    yield (query?.() ?? '').slice(0, 200);
  }
}
