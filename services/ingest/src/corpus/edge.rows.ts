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
  for (const [index, { volume }] of scriptures.books.entries()) {
    const from = scriptures.volumes.findIndex(({ id }) => id === volume);
    yield { from: places.volume + from, to: places.book + index };
  }
}

export function* chapterEdges(
  { scriptures }: Corpus,
  places: Places,
): Generator<EdgeRow<'HAS_CHAPTER'>> {
  const books = new Map(scriptures.books.map(({ slug }, index) => [slug, index]));
  for (const [index, { book }] of scriptures.chapters.entries()) {
    yield { from: places.book + (books.get(book) ?? 0), to: places.chapter + index };
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
      to: places.passage + (references.to[index] ?? 0),
      reciprocal: ranking.reciprocal[index] === 1,
      shared: ranking.shared[index] ?? 0,
      rank: ranking.rank[index] ?? 0,
    };
  }
}

export function* useEdges(
  { words, uses }: Corpus,
  places: Places,
): Generator<EdgeRow<'USES_WORD'>> {
  const byId = new Map(words.map(({ id }, place) => [id, place]));
  for (const { verse, word, forms, count } of uses) {
    const to = places.word + (byId.get(word) ?? 0);
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
  const chapters = new Map(
    scriptures.chapters.map(({ book, number }, at) => [`${book}.${number}`, at]),
  );
  const books = new Map(scriptures.books.map(({ slug }, at) => [slug, at]));
  for (const [index, topic] of topics.entries()) {
    const from = places.topic + index;
    for (const verse of topic.verses) yield { from, to: places.passage + verse };
    for (const id of topic.chapters) yield { from, to: places.chapter + (chapters.get(id) ?? 0) };
    for (const slug of topic.books) yield { from, to: places.book + (books.get(slug) ?? 0) };
  }
}

export function* seeAlsoEdges({ topics }: Corpus, places: Places): Generator<EdgeRow<'SEE_ALSO'>> {
  const byKey = new Map(topics.map(({ key }, at) => [key, at]));
  for (const [index, { seeAlso }] of topics.entries()) {
    for (const key of seeAlso) {
      yield { from: places.topic + index, to: places.topic + (byKey.get(key) ?? 0) };
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
