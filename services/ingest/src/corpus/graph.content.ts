import type { GraphContent } from '@gospelib/graph';
import type { Corpus } from './corpus.ts';
import {
  aboutEdges,
  bookEdges,
  chapterEdges,
  commentEdges,
  derivationEdges,
  mentionEdges,
  nextEdges,
  type Places,
  quotationEdges,
  referenceEdges,
  seeAlsoEdges,
  useEdges,
  verseEdges,
} from './edge.rows.ts';
import {
  bookRows,
  chapterRows,
  commentRows,
  nameRows,
  passageRows,
  topicRows,
  volumeRows,
  wordRows,
} from './node.rows.ts';

/** The rows of the graph. They are generated on demand, so a million edges are never in memory at once. */
export function graphContent(corpus: Corpus): GraphContent {
  const places = firstPlaces(corpus);
  return {
    nodes: [
      { label: 'Volume', rows: volumeRows(corpus) },
      { label: 'Book', rows: bookRows(corpus) },
      { label: 'Chapter', rows: chapterRows(corpus) },
      { label: 'Passage', rows: passageRows(corpus) },
      { label: 'Word', rows: wordRows(corpus) },
      { label: 'Name', rows: nameRows(corpus) },
      { label: 'Topic', rows: topicRows(corpus) },
      { label: 'Commentary', rows: commentRows(corpus) },
    ],
    edges: [
      { type: 'HAS_BOOK', rows: bookEdges(corpus, places) },
      { type: 'HAS_CHAPTER', rows: chapterEdges(corpus, places) },
      { type: 'HAS_VERSE', rows: verseEdges(corpus, places) },
      { type: 'NEXT', rows: nextEdges(corpus, places) },
      { type: 'CROSS_REF', rows: referenceEdges(corpus, places) },
      { type: 'USES_WORD', rows: useEdges(corpus, places) },
      { type: 'DERIVED_FROM', rows: derivationEdges(corpus, places) },
      { type: 'QUOTES', rows: quotationEdges(corpus, places) },
      { type: 'MENTIONS', rows: mentionEdges(corpus, places) },
      { type: 'ABOUT', rows: aboutEdges(corpus, places) },
      { type: 'SEE_ALSO', rows: seeAlsoEdges(corpus, places) },
      { type: 'COMMENTS_ON', rows: commentEdges(corpus, places) },
    ],
  };
}

/** An estimate of the number of rows, to show the progress of a load. */
export function estimateRows(corpus: Corpus): number {
  const { scriptures, words, names, topics, comments } = corpus;
  const { passages, chapters } = scriptures;
  const nodes =
    passages.length +
    chapters.length +
    words.length +
    names.length +
    topics.length +
    comments.length;
  const edges =
    corpus.references.from.length +
    corpus.uses.length +
    corpus.derivations.length +
    corpus.mentions.length;
  const about = topics.reduce((sum, { verses }) => sum + verses.size, 0);
  const commented = comments.reduce((sum, { verses }) => sum + verses.length, 0);
  return nodes + edges + 2 * passages.length + about + commented;
}

/** Nodes are numbered in the order of their tables. */
function firstPlaces({ scriptures, words, names, topics }: Corpus): Places {
  const book = scriptures.volumes.length;
  const chapter = book + scriptures.books.length;
  const passage = chapter + scriptures.chapters.length;
  const word = passage + scriptures.passages.length;
  const name = word + words.length;
  const topic = name + names.length;
  return { volume: 0, book, chapter, passage, word, name, topic, comment: topic + topics.length };
}
