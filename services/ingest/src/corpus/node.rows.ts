import { lemmaKey, type NodeRow, transliterationKey } from '@gospelib/graph';
import { countConnections } from '../derive/verse.connections.ts';
import { shortGloss } from '../derive/word.gloss.ts';
import { describeSpeech } from '../derive/word.speech.ts';
import type { Corpus } from './corpus.ts';
import { verseId } from './verse.finder.ts';

/** The most forms of a word that are stored; the most frequent ones are. */
const FORMS = 50;

export function* volumeRows({ scriptures }: Corpus): Generator<NodeRow<'Volume'>> {
  for (const [index, volume] of scriptures.volumes.entries()) yield { ...volume, order: index + 1 };
}

export function* bookRows({ scriptures }: Corpus): Generator<NodeRow<'Book'>> {
  for (const [index, { slug, ...book }] of scriptures.books.entries()) {
    const chapters = scriptures.chapters.filter((chapter) => chapter.book === slug);
    const verses = chapters.reduce((sum, chapter) => sum + chapter.verses, 0);
    yield { ...book, id: slug, order: index + 1, chapters: chapters.length, verses };
  }
}

export function* chapterRows({ scriptures }: Corpus): Generator<NodeRow<'Chapter'>> {
  for (const [order, chapter] of scriptures.chapters.entries()) {
    yield { ...chapter, id: `${chapter.book}.${chapter.number}`, order };
  }
}

export function* passageRows(corpus: Corpus): Generator<NodeRow<'Passage'>> {
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

export function* wordRows({ words, uses }: Corpus): Generator<NodeRow<'Word'>> {
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

export function* nameRows({ names }: Corpus): Generator<NodeRow<'Name'>> {
  for (const { words, ...name } of names) yield { ...name, words: words.join(' ') };
}

export function* topicRows({ topics }: Corpus): Generator<NodeRow<'Topic'>> {
  for (const { id, name, verses, chapters, books } of topics) {
    yield { id, name, passages: verses.size + chapters.size + books.size };
  }
}

export function* commentRows({ comments }: Corpus): Generator<NodeRow<'Commentary'>> {
  for (const { verses, ...comment } of comments) yield comment;
}
