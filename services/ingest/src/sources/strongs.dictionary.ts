import { z } from 'zod';
import { check, parse, sliceObject } from './source.text.ts';

const entry = z.strictObject({
  lemma: z.string().min(1),
  xlit: z.string().optional(),
  pron: z.string().optional(),
  derivation: z.string().optional(),
  strongs_def: z.string().optional(),
  kjv_def: z.string().optional(),
});
export type DictionaryEntry = z.infer<typeof entry>;

const dictionary = z.record(z.string().regex(/^[HG][1-9]\d{0,3}$/), entry);

/** The entries of a Strong's dictionary by number, ascending. @throws SourceError */
export function readDictionary(
  code: string,
  file: string,
): readonly (readonly [id: string, entry: DictionaryEntry])[] {
  const json = sliceObject(code, 'Dictionary = ', '};', file);
  const entries = Object.entries(check(dictionary, parse(json, file), file));
  return entries.sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)));
}

/** Strong's text without markup braces and superfluous spaces; undefined when nothing remains. */
export function cleanText(text: string | undefined): string | undefined {
  const cleaned = text
    ?.replace(/[{}]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s:-]+|[\s;:]+$/g, '')
    // "found(- ation)": a line break of the printed book.
    .replace(/\(- (?=\w)/g, '(-')
    .replace(/ ([,;.)])/g, '$1');
  return cleaned === '' ? undefined : cleaned;
}
