import type { EdgeRow } from '@gospelib/graph';
import type { Corpus } from './corpus.ts';

/** Place of the first node of each label, in the order of loading. */
export interface Places {
  volume: number;
  book: number;
  chapter: number;
  passage: number;
  word: number;
  name: number;
  topic: number;
  comment: number;
}

export function* bookEdges({ scriptures }: Corpus, places: Places): Generator<EdgeRow<'HAS_BOOK'>> {
  const volumes = indexBy(scriptures.volumes, ({ id }) => id);
  for (const [index, { volume }] of scriptures.books.entries()) {
    yield { from: places.volume + find(volumes, 'volume', volume), to: places.book + index };
  }
}

export function* chapterEdges(
  { scriptures }: Corpus,
  places: Places,
): Generator<EdgeRow<'HAS_CHAPTER'>> {
  const books = indexBy(scriptures.books, ({ slug }) => slug);
  for (const [index, { book }] of scriptures.chapters.entries()) {
    yield { from: places.book + find(books, 'book', book), to: places.chapter + index };
  }
}

export function* verseEdges(
  { scriptures }: Corpus,
  places: Places,
): Generator<EdgeRow<'HAS_VERSE'>> {
  let verse = places.passage;
  for (const [index, { verses }] of scriptures.chapters.entries()) {
    for (let count = 0; count < verses; count++)
      yield { from: places.chapter + index, to: verse++ };
  }
}

export function* nextEdges({ scriptures }: Corpus, places: Places): Generator<EdgeRow<'NEXT'>> {
  for (const [order, { book }] of scriptures.passages.entries()) {
    if (scriptures.passages[order + 1]?.book === book) {
      yield { from: places.passage + order, to: places.passage + order + 1 };
    }
  }
}

export function* referenceEdges(
  { references, ranking }: Corpus,
  places: Places,
): Generator<EdgeRow<'CROSS_REF'>> {
  for (const [index, from] of references.from.entries()) {
    yield {
      from: places.passage + from,
      to: places.passage + at(references.to, index),
      reciprocal: at(ranking.reciprocal, index) === 1,
      shared: at(ranking.shared, index),
      rank: at(ranking.rank, index),
    };
  }
}

export function* useEdges(
  { words, uses }: Corpus,
  places: Places,
): Generator<EdgeRow<'USES_WORD'>> {
  const byId = indexBy(words, ({ id }) => id);
  for (const { verse, word, forms, count } of uses) {
    const to = places.word + find(byId, 'word', word);
    yield { from: places.passage + verse, to, forms: forms.join(' '), count };
  }
}

export function* derivationEdges(
  { derivations }: Corpus,
  places: Places,
): Generator<EdgeRow<'DERIVED_FROM'>> {
  for (const { from, to } of derivations) yield { from: places.word + from, to: places.word + to };
}

export function* quotationEdges(
  { quotations }: Corpus,
  places: Places,
): Generator<EdgeRow<'QUOTES'>> {
  for (const { from, to, shared, jaccard } of quotations) {
    yield { from: places.passage + from, to: places.passage + to, shared, jaccard };
  }
}

export function* mentionEdges(
  { mentions }: Corpus,
  places: Places,
): Generator<EdgeRow<'MENTIONS'>> {
  for (const { verse, name, word } of mentions) {
    yield { from: places.passage + verse, to: places.name + name, word };
  }
}

export function* aboutEdges(
  { topics, scriptures }: Corpus,
  places: Places,
): Generator<EdgeRow<'ABOUT'>> {
  const chapters = indexBy(scriptures.chapters, ({ book, number }) => `${book}.${number}`);
  const books = indexBy(scriptures.books, ({ slug }) => slug);
  for (const [index, topic] of topics.entries()) {
    const from = places.topic + index;
    for (const verse of topic.verses) yield { from, to: places.passage + verse };
    for (const id of topic.chapters)
      yield { from, to: places.chapter + find(chapters, 'chapter', id) };
    for (const slug of topic.books) yield { from, to: places.book + find(books, 'book', slug) };
  }
}

export function* seeAlsoEdges({ topics }: Corpus, places: Places): Generator<EdgeRow<'SEE_ALSO'>> {
  const byKey = indexBy(topics, ({ key }) => key);
  for (const [index, { seeAlso }] of topics.entries()) {
    for (const key of seeAlso) {
      yield { from: places.topic + index, to: places.topic + find(byKey, 'topic', key) };
    }
  }
}

export function* commentEdges(
  { comments }: Corpus,
  places: Places,
): Generator<EdgeRow<'COMMENTS_ON'>> {
  for (const [index, { verses }] of comments.entries()) {
    for (const verse of verses) yield { from: places.comment + index, to: places.passage + verse };
  }
}

function indexBy<T>(records: readonly T[], idOf: (record: T) => string): Map<string, number> {
  return new Map(records.map((record, index) => [idOf(record), index]));
}

/** @throws RangeError when no record has the id: an edge to another node would be a wrong connection */
function find(index: ReadonlyMap<string, number>, kind: string, id: string): number {
  const place = index.get(id);
  if (place === undefined) {
    throw new RangeError(`An edge of the graph names the ${kind} ${id}, which the corpus lacks.`);
  }
  return place;
}

/** @throws RangeError when a derived list is shorter than the references it was derived from */
function at(list: ArrayLike<number>, index: number): number {
  const value = list[index];
  if (value === undefined)
    throw new RangeError(`There is no reference ${index} in a derived list.`);
  return value;
}
