import { findBook } from '@gospelib/scripture';
import type { WordUse } from '../../corpus/corpus.records.ts';
import type { RepairList } from '../../corpus/repair.list.ts';
import { findVerse } from '../../corpus/verse.finder.ts';
import { SourceError } from '../source.error.ts';
import type { SwordModule } from './module.files.ts';
import { plainText } from './module.markup.ts';
import { readVerseModule } from './verse.module.ts';

const WORD = /<w ([^>]*)>(.*?)<\/w>/gs;
const NUMBER = /strong:([GH])0*([1-9]\d*)/g;
const USFM = /\\\+?nd/;
/** Joins the words of one rendering, since spaces separate the forms of a verse. */
const NO_BREAK_SPACE = '\u00A0';

/**
 * Which Greek words the King James Version tags in which verse of the New Testament, in canonical order; a form is the
 * English rendering. Its tags in the Old Testament are left out: there the Hebrew text itself says what stands in it.
 * @param known ids of the words that exist
 * @throws SourceError for an unknown word, a Hebrew one in the New Testament, or a verse out of place
 */
export function readGreekUses(
  module: SwordModule,
  known: ReadonlySet<string>,
  repairs: RepairList,
): WordUse[] {
  const uses: WordUse[] = [];
  let leaks = 0;
  let hebrew = 0;
  for (const { book, chapter, verse, text } of readVerseModule(module)) {
    if (verse === 0) continue;
    const record = `${book}.${chapter}.${verse}`;
    const order = findVerse(book, chapter, verse);
    if (order === undefined)
      throw new SourceError(module.name, record, 'the canon has no such verse.');
    if (USFM.test(text)) leaks++;
    if (findBook(book)?.volume === 'ot') {
      hebrew += [...text.matchAll(NUMBER)].length;
      continue;
    }
    const byWord = new Map<string, WordUse>();
    for (const [, attributes = '', inner = ''] of text.matchAll(WORD)) {
      const form = plainText(inner).replaceAll(/\s+/g, NO_BREAK_SPACE);
      for (const [, language, number] of attributes.matchAll(NUMBER)) {
        const word = `${language}${number}`;
        if (language !== 'G')
          throw new SourceError(module.name, record, `${word} is no word of the New Testament.`);
        if (!known.has(word))
          throw new SourceError(module.name, record, `there is no word ${word}.`);
        addForm(byWord, order, word, form);
      }
    }
    uses.push(...byWord.values());
  }
  repairs.add(
    'kjv-usfm-marks',
    leaks,
    'Verses of the tagged King James Version that carry stray USFM marks; only its word tags are used.',
  );
  repairs.add(
    'kjv-hebrew-tags',
    hebrew,
    "Strong's tags of the King James Version in the Old Testament are left out: there the Hebrew text says which words stand in a verse.",
  );
  return uses;
}

function addForm(byWord: Map<string, WordUse>, verse: number, word: string, form: string): void {
  const use = byWord.get(word);
  if (!use) {
    byWord.set(word, { verse, word, forms: form === '' ? [] : [form], count: 1 });
    return;
  }
  use.count++;
  if (form !== '' && !use.forms.includes(form)) use.forms.push(form);
}
