import { readFileSync } from 'node:fs';
import { books as canon } from '@gospelib/scripture';
import { expect, it } from 'vitest';
import { slugByHebrew } from './book.codes.ts';
import { HebrewRepairs, type HebrewToken } from './morphhb.repair.ts';

const FOLDER = 'node_modules/morphhb';
const FILES =
  'Gen Exod Lev Num Deut Josh Judg Ruth 1Sam 2Sam 1Kgs 2Kgs 1Chr 2Chr Ezra Neh Esth Job Ps Prov Eccl Song Isa Jer Lam ' +
  'Ezek Dan Hos Joel Amos Obad Jonah Mic Nah Hab Zeph Hag Zech Mal';
const WORD = /<w ([^>]*)>(.*?)<\/w>/g;

/** Consonants, and the number of the word: `בראשית 7225`. */
const spell = (form: string, numbers: string) =>
  `${form.replace(/[^\u05D0-\u05EA]/g, '')} ${/\d+/.exec(numbers)?.[0] ?? ''}`;

it('with what is repaired, index.js has the words of the XML, each once and in its order', () => {
  const code = readFileSync(`${FOLDER}/index.js`, 'utf8');
  const books = JSON.parse(code.slice(code.indexOf('{'), code.lastIndexOf('}') + 1)) as Record<
    string,
    HebrewToken[][][]
  >;
  const mended = new HebrewRepairs();
  const read = new Map(
    Object.entries(books).map(([name, chapters]) => {
      const slug = slugByHebrew.get(name) ?? '';
      const words = chapters.flatMap((verses, chapter) =>
        verses.flatMap((tokens, verse) => [
          ...mended.repair(`${slug}.${chapter + 1}.${verse + 1}`, tokens),
        ]),
      );
      return [slug, words.map(([form, numbers]) => spell(form, numbers))];
    }),
  );
  let words = 0;
  for (const [order, file] of FILES.split(' ').entries()) {
    const xml = readFileSync(`${FOLDER}/wlc/${file}.xml`, 'utf8');
    // What was read (qere) takes the place of what was written (ketiv).
    const written = [...xml.matchAll(WORD)].filter(
      ([, attributes]) => !attributes?.includes('x-ketiv'),
    );
    const own = written.map(([, attributes = '', form = '']) =>
      spell(form.replace(/<[^>]*>/g, ''), /lemma="([^"]*)"/.exec(attributes)?.[1] ?? ''),
    );
    expect(read.get(canon[order]?.slug ?? ''), file).toEqual(own);
    words += own.length;
  }
  expect(words).toBe(306_785);
});
