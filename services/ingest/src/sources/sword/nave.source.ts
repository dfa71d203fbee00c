import { findBook } from '@gospelib/scripture';
import type { TopicRecord } from '../../corpus/corpus.records.ts';
import type { RepairList } from '../../corpus/repair.list.ts';
import { findVerse } from '../../corpus/verse.finder.ts';
import { slugByOsis } from '../book.codes.ts';
import { SourceError } from '../source.error.ts';
import { readDictionaryModule } from './dictionary.module.ts';
import type { SwordModule } from './module.files.ts';
import { topicName, topicSlug } from './topic.name.ts';

const REFERENCE = /<ref osisRef="([^"]*)">/g;
const SEE = /<ref target="Nave:([^"]*)">/g;
const POINT = /^([1-3]?[A-Za-z]+)\.(\d+)(?:\.(\d+))?$/;

type Targets = Pick<TopicRecord, 'verses' | 'chapters' | 'books'>;

/** Counts of what was repaired or left out. */
interface Faults {
  collapsed: number;
  unknownBooks: number;
  impossible: number;
  unknownTopics: number;
}

/** 5,320 topics with the verses, chapters and books they are about. @throws SourceError */
export function readTopics(
  module: SwordModule,
  repairs: RepairList,
): { topics: TopicRecord[]; rejected: number } {
  const entries = new Map<string, string>();
  for (const { key, text } of readDictionaryModule(module)) {
    entries.set(key, `${entries.get(key) ?? ''}${text}`);
  }
  const faults: Faults = { collapsed: 0, unknownBooks: 0, impossible: 0, unknownTopics: 0 };
  const slugs = new Set<string>();
  const topics = [...entries].map(([key, text]): TopicRecord => {
    const targets = {
      verses: new Set<number>(),
      chapters: new Set<string>(),
      books: new Set<string>(),
    };
    for (const [, reference = ''] of text.matchAll(REFERENCE)) {
      addReference(reference, targets, faults, `${module.name} ${key}`);
    }
    const seeAlso = new Set<string>();
    for (const [, target = ''] of text.matchAll(SEE)) {
      if (entries.has(target)) seeAlso.add(target);
      else faults.unknownTopics++;
    }
    return { key, id: topicSlug(key, slugs), name: topicName(key), ...targets, seeAlso };
  });
  report(faults, repairs);
  return { topics, rejected: faults.unknownBooks + faults.impossible + faults.unknownTopics };
}

function addReference(
  reference: string,
  targets: {
    [Kind in keyof Targets]: Set<Targets[Kind] extends ReadonlySet<infer Item> ? Item : never>;
  },
  faults: Faults,
  record: string,
): void {
  const [first = '', last = first] = reference.split('-');
  const [, code = '', chapterText, verseText] = POINT.exec(first) ?? [];
  if (chapterText === undefined)
    throw new SourceError('Nave', record, `"${reference}" is no OSIS reference.`);
  const slug = slugByOsis.get(code);
  const book = slug === undefined ? undefined : findBook(slug);
  if (!book) {
    faults.unknownBooks++;
    return;
  }
  const chapter = Number(chapterText);
  if (book.singleChapter && verseText === '1') {
    // "Jude 1" means the book; the module's makers read it as its first verse.
    faults.collapsed++;
    targets.books.add(book.slug);
  } else if (verseText === undefined) {
    if (chapter <= book.chapters) targets.chapters.add(`${book.slug}.${chapter}`);
    else faults.impossible++;
  } else {
    const from = findVerse(book.slug, chapter, Number(verseText));
    const [, endCode = '', endChapter, endVerse] = POINT.exec(last) ?? [];
    const to = findVerse(slugByOsis.get(endCode) ?? '', Number(endChapter), Number(endVerse));
    if (from === undefined || to === undefined) faults.impossible++;
    else for (let verse = from; verse <= to; verse++) targets.verses.add(verse);
  }
}

function report(faults: Faults, repairs: RepairList): void {
  repairs.add(
    'nave-whole-books',
    faults.collapsed,
    'References to books of one chapter, which the module points to verse 1, lead to the book.',
  );
  repairs.add(
    'nave-unknown-books',
    faults.unknownBooks,
    'References to books outside the canon (mistaken abbreviations) are dropped.',
  );
  repairs.add(
    'nave-impossible-verses',
    faults.impossible,
    'References to chapters and verses that do not exist (most "Co" read as Colossians) are dropped.',
  );
  repairs.add(
    'nave-unknown-topics',
    faults.unknownTopics,
    'Links to topics that the module does not have are dropped.',
  );
}
