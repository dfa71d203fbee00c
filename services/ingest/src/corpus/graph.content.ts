import {
  type EdgeRow,
  type EdgeTable,
  type GraphContent,
  lemmaKey,
  type NodeRow,
  type NodeTable,
  transliterationKey,
} from '@gospelib/graph';
import { countConnections } from '../derive/verse.connections.ts';
import { shortGloss } from '../derive/word.gloss.ts';
import { describeSpeech } from '../derive/word.speech.ts';
import type { Corpus } from './corpus.ts';
import { verseId } from './verse.finder.ts';

const FORMS = 50;

/** The rows of the graph. They are made while they are read: a million edges are never in memory at once. */
export function graphContent(corpus: Corpus): GraphContent {
  const { volumes, books, chapters, passages } = corpus.scriptures;
  const places = { volume: 0, book: 0, chapter: 0, passage: 0, word: 0, name: 0 };
  places.book = volumes.length;
  places.chapter = places.book + books.length;
  places.passage = places.chapter + chapters.length;
  places.word = places.passage + passages.length;
  places.name = places.word + corpus.words.length;
  const nodes: NodeTable[] = [
    { label: 'Volume', rows: volumes.map((volume, order) => ({ ...volume, order: order + 1 })) },
    { label: 'Book', rows: bookRows(corpus) },
    { label: 'Chapter', rows: chapterRows(corpus) },
    { label: 'Passage', rows: passageRows(corpus) },
    { label: 'Word', rows: wordRows(corpus) },
    { label: 'Name', rows: nameRows(corpus) },
  ];
  const edges: EdgeTable[] = [
    { type: 'HAS_BOOK', rows: bookEdges(corpus, places) },
    { type: 'HAS_CHAPTER', rows: chapterEdges(corpus, places) },
    { type: 'HAS_VERSE', rows: verseEdges(corpus, places) },
    { type: 'NEXT', rows: nextEdges(corpus, places) },
    { type: 'CROSS_REF', rows: referenceEdges(corpus, places) },
    { type: 'USES_WORD', rows: useEdges(corpus, places) },
    { type: 'DERIVED_FROM', rows: derivationEdges(corpus, places) },
    { type: 'QUOTES', rows: quotationEdges(corpus, places) },
    { type: 'MENTIONS', rows: mentionEdges(corpus, places) },
  ];
  return { nodes, edges };
}

interface Places {
  volume: number;
  book: number;
  chapter: number;
  passage: number;
  word: number;
  name: number;
}

function* bookRows({ scriptures }: Corpus): Generator<NodeRow<'Book'>> {
  for (const [index, { slug, ...book }] of scriptures.books.entries()) {
    const chapters = scriptures.chapters.filter((chapter) => chapter.book === slug);
    const verses = chapters.reduce((sum, chapter) => sum + chapter.verses, 0);
    yield { ...book, id: slug, order: index + 1, chapters: chapters.length, verses };
  }
}

function* chapterRows({ scriptures }: Corpus): Generator<NodeRow<'Chapter'>> {
  for (const [order, chapter] of scriptures.chapters.entries()) {
    yield { ...chapter, id: `${chapter.book}.${chapter.number}`, order };
  }
}

function* passageRows(corpus: Corpus): Generator<NodeRow<'Passage'>> {
  const { passages } = corpus.scriptures;
  const quotations = {
    from: Uint16Array.from(corpus.quotations, ({ from }) => from),
    to: Uint16Array.from(corpus.quotations, ({ to }) => to),
  };
  const connections = countConnections([corpus.references, quotations], passages.length);
  for (const [order, passage] of passages.entries()) {
    yield { ...passage, id: verseId(passage), order, connections: connections[order] ?? 0 };
  }
}

function* wordRows({ words, uses }: Corpus): Generator<NodeRow<'Word'>> {
  const verses = new Map<string, number>();
  const forms = new Map<string, Map<string, number>>();
  for (const use of uses) {
    verses.set(use.word, (verses.get(use.word) ?? 0) + 1);
    let counts = forms.get(use.word);
    if (!counts) {
      counts = new Map();
      forms.set(use.word, counts);
    }
    for (const form of use.forms) counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  for (const word of words) {
    const counts = [...(forms.get(word.id) ?? [])].sort(
      ([a, m], [b, n]) => n - m || (a < b ? -1 : 1),
    );
    yield {
      id: word.id,
      language: word.id.startsWith('H') ? 'hebrew' : 'greek',
      order: Number(word.id.slice(1)),
      lemma: word.lemma,
      key: lemmaKey(word.lemma),
      transliteration: word.transliteration,
      translitKey: word.transliteration && transliterationKey(word.transliteration),
      pronunciation: word.pronunciation,
      partOfSpeech: describeSpeech(word.partOfSpeech),
      gloss: shortGloss(word),
      definition: word.definition ?? word.usage ?? word.derivation ?? '',
      usage: word.usage,
      derivation: word.derivation,
      verses: verses.get(word.id) ?? 0,
      forms: JSON.stringify(counts.slice(0, FORMS)),
    };
  }
}

function* nameRows({ names }: Corpus): Generator<NodeRow<'Name'>> {
  for (const { id, label, words, verses } of names) {
    yield { id, label, verses: verses.length, words: words.join(' ') };
  }
}

function* bookEdges({ scriptures }: Corpus, places: Places): Generator<EdgeRow<'HAS_BOOK'>> {
  for (const [index, { volume }] of scriptures.books.entries()) {
    const from = scriptures.volumes.findIndex(({ id }) => id === volume);
    yield { from: places.volume + from, to: places.book + index };
  }
}

function* chapterEdges({ scriptures }: Corpus, places: Places): Generator<EdgeRow<'HAS_CHAPTER'>> {
  const books = new Map(scriptures.books.map(({ slug }, index) => [slug, index]));
  for (const [index, { book }] of scriptures.chapters.entries()) {
    yield { from: places.book + (books.get(book) ?? 0), to: places.chapter + index };
  }
}

function* verseEdges({ scriptures }: Corpus, places: Places): Generator<EdgeRow<'HAS_VERSE'>> {
  let verse = places.passage;
  for (const [index, { verses }] of scriptures.chapters.entries()) {
    for (let count = 0; count < verses; count++)
      yield { from: places.chapter + index, to: verse++ };
  }
}

function* nextEdges({ scriptures }: Corpus, places: Places): Generator<EdgeRow<'NEXT'>> {
  for (const [order, { book }] of scriptures.passages.entries()) {
    if (scriptures.passages[order + 1]?.book === book) {
      yield { from: places.passage + order, to: places.passage + order + 1 };
    }
  }
}

function* referenceEdges(
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

function* useEdges({ words, uses }: Corpus, places: Places): Generator<EdgeRow<'USES_WORD'>> {
  const byId = new Map(words.map(({ id }, place) => [id, place]));
  for (const { verse, word, forms, count } of uses) {
    const to = places.word + (byId.get(word) ?? 0);
    yield { from: places.passage + verse, to, forms: forms.join(' '), count };
  }
}

function* derivationEdges(
  { derivations }: Corpus,
  places: Places,
): Generator<EdgeRow<'DERIVED_FROM'>> {
  for (const { from, to } of derivations) yield { from: places.word + from, to: places.word + to };
}

function* quotationEdges({ quotations }: Corpus, places: Places): Generator<EdgeRow<'QUOTES'>> {
  for (const { from, to, shared, jaccard } of quotations) {
    yield { from: places.passage + from, to: places.passage + to, shared, jaccard };
  }
}

function* mentionEdges({ names }: Corpus, places: Places): Generator<EdgeRow<'MENTIONS'>> {
  for (const [index, { verses }] of names.entries()) {
    for (const verse of verses) yield { from: places.passage + verse, to: places.name + index };
  }
}
