import { formatReference } from '@gospelib/scripture';
import type { CommentaryRecord } from '../../corpus/corpus.records.ts';
import type { RepairList } from '../../corpus/repair.list.ts';
import { findVerse } from '../../corpus/verse.finder.ts';
import { SourceError } from '../source.error.ts';
import type { SwordModule } from './module.files.ts';
import { plainText } from './module.markup.ts';
import { type ModuleEntry, namesWrongDriver, readVerseModule } from './verse.module.ts';

const REFERENCE = /<reference osisRef="([^"]*)"/g;
const OSIS = /^[1-3]?[A-Z][a-z]+\./;

/**
 * The comments of a module on verses. Verses that share one text have one comment; introductions to chapters and books
 * are left out. @param wholeChapter whether a comment on a chapter's first verse is on the whole chapter.
 * @throws SourceError
 */
export function readCommentary(
  module: SwordModule,
  id: string,
  title: string,
  repairs: RepairList,
  wholeChapter = false,
): CommentaryRecord[] {
  const groups = new Map<string, ModuleEntry[]>();
  let plain = 0;
  for (const entry of readVerseModule(module)) {
    if (entry.verse === 0) continue;
    for (const [, reference = ''] of entry.text.matchAll(REFERENCE)) {
      if (!OSIS.test(reference)) plain++;
    }
    const key = `${entry.book} ${entry.source}`;
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  repairs.add(
    `${id}-driver`,
    namesWrongDriver(module) ? 1 : 0,
    `The configuration of ${module.name} names the wrong driver; the index itself tells its format.`,
  );
  repairs.add(
    `${id}-references`,
    plain,
    `References of ${module.name} that are not OSIS ("ge 1") stay as text.`,
  );
  return [...groups.values()].flatMap((entries): CommentaryRecord[] => {
    const [first] = entries;
    const last = entries.at(-1);
    const text = plainText(first?.text ?? '');
    if (!first || !last || text === '') return [];
    const { book, chapter, verse } = first;
    return [
      {
        id: `${id}.${book}.${chapter}.${verse}`,
        source: title,
        text,
        covers:
          wholeChapter && verse === 1
            ? formatReference({ kind: 'chapter', book, chapter })
            : describe(first, last),
        verses: entries.map((entry) => orderOf(entry, module.name)),
      },
    ];
  });
}

function describe(first: ModuleEntry, last: ModuleEntry): string {
  const { book, chapter, verse } = first;
  if (first === last) return formatReference({ kind: 'verse', book, chapter, verse });
  return formatReference({
    kind: 'range',
    book,
    from: { chapter, verse },
    to: { chapter: last.chapter, verse: last.verse },
  });
}

function orderOf({ book, chapter, verse }: ModuleEntry, file: string): number {
  const order = findVerse(book, chapter, verse);
  if (order === undefined)
    throw new SourceError(file, `${book}.${chapter}.${verse}`, 'the canon has no such verse.');
  return order;
}
