import type { WordUse } from '../corpus/corpus.records.ts';
import type { RepairList } from '../corpus/repair.list.ts';
import { findVerse, verseId } from '../corpus/verse.finder.ts';
import { slugByHebrew } from './book.codes.ts';
import { HebrewRepairs, type HebrewToken } from './morphhb.repair.ts';
import type { SourceTexts } from './package.files.ts';
import { SourceError } from './source.error.ts';
import { morphhbPin } from './source.pins.ts';
import { parse, sliceObject } from './source.text.ts';

const FILE = `${morphhbPin.package}/index.js`;
// `Hb/H7225`: prefixes, and the word's number after the last slash.
const NUMBER = /^(?:H[a-z]{1,2}\/)*(H[1-9]\d{0,3})$/;
const ONLY_PREFIXES = /^H[a-z](?:\/H[a-z]){0,2}$/;
// Slashes separate prefixes from the word; a few letters have diacritics.
const SEPARATORS = /[/\p{M}]/gu;

/** "I Samuel", where other sources have "1 Samuel". */
const ROMAN = /^I+ /;

/** 263,242 uses of Hebrew words in verses, in canonical order. @throws SourceError */
export function readHebrewUses(texts: SourceTexts<typeof morphhbPin>, repairs: RepairList) {
  const books = parse(sliceObject(texts['index.js'], 'morphhb=', '};', FILE), FILE);
  const uses: WordUse[] = [];
  const mended = new HebrewRepairs();
  const counts = { tokens: 0, emptyChapters: 0, renamed: 0 };
  for (const [name, chapters] of asEntries(books)) {
    const slug = slugByHebrew.get(name);
    if (slug === undefined) throw new SourceError(FILE, name, 'no such book of the Old Testament.');
    if (ROMAN.test(name)) counts.renamed++;
    asArray(chapters, name).forEach((verses, chapterIndex) => {
      const chapter = chapterIndex + 1;
      const list = asArray(verses, `${name} ${chapter}`);
      if (list.length === 0) counts.emptyChapters++;
      list.forEach((tokens, verseIndex) => {
        const record = `${name} ${chapter}:${verseIndex + 1}`;
        const verse = findVerse(slug, chapter, verseIndex + 1);
        if (verse === undefined)
          throw new SourceError(FILE, record, 'the canon has no such verse.');
        const read = asArray(tokens, record).map((token) => asToken(token, record));
        const id = verseId({ book: slug, chapter, verse: verseIndex + 1 });
        const words = mended.repair(id, read);
        counts.tokens += words.length;
        readVerse(words, verse, record, uses);
      });
    });
  }
  repairs.add(
    'hebrew-empty-chapter',
    counts.emptyChapters,
    'Joel has an empty fourth chapter, which is dropped.',
  );
  repairs.add(
    'hebrew-book-names',
    counts.renamed,
    'Books with Roman numbers ("I Samuel") are read as those of the canon.',
  );
  mended.report(repairs);
  uses.sort((a, b) => a.verse - b.verse);
  return { uses, tokens: counts.tokens };
}

function readVerse(
  tokens: readonly HebrewToken[],
  verse: number,
  record: string,
  uses: WordUse[],
): void {
  const byWord = new Map<string, WordUse>();
  for (const [form, numbers] of tokens) {
    const word = NUMBER.exec(numbers)?.[1];
    if (word === undefined) {
      if (ONLY_PREFIXES.test(numbers)) continue;
      throw new SourceError(FILE, record, `"${numbers}" is no Strong's number.`);
    }
    const surface = form.replace(SEPARATORS, '');
    const use = byWord.get(word);
    if (!use) byWord.set(word, { verse, word, forms: [surface], count: 1 });
    else {
      use.count++;
      if (!use.forms.includes(surface)) use.forms.push(surface);
    }
  }
  uses.push(...byWord.values());
}

/** A token is `[form, numbers, morphology]`. */
function asToken(value: unknown, record: string): HebrewToken {
  if (Array.isArray(value) && value.length === 3) {
    const [form, numbers] = value;
    if (typeof form === 'string' && typeof numbers === 'string' && form !== '')
      return [form, numbers];
  }
  throw new SourceError(FILE, record, `${JSON.stringify(value)} is no [form, number, morphology].`);
}

function asArray(value: unknown, record: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new SourceError(FILE, record, 'a list was expected.');
}

function asEntries(value: unknown): [string, unknown][] {
  if (typeof value === 'object' && value !== null) return Object.entries(value);
  throw new SourceError(FILE, undefined, 'an object of books was expected.');
}
