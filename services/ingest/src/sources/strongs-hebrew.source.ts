import { SaxesParser } from 'saxes';
import type { WordRecord } from '../corpus/corpus.records.ts';
import type { RepairList } from '../corpus/repair.list.ts';
import type { SourceTexts } from './package.files.ts';
import { SourceError } from './source.error.ts';
import { hebrewPin } from './source.pins.ts';
import { cleanText, readDictionary } from './strongs.dictionary.ts';

const DICTIONARY = 'hebrew/strongs-hebrew-dictionary.js';
const XML = 'hebrew/StrongHebrewG.xml';

/** 8,674 Hebrew and Aramaic words. @throws SourceError */
export function readHebrewWords(
  texts: SourceTexts<typeof hebrewPin>,
  repairs: RepairList,
): WordRecord[] {
  const parts = readPartsOfSpeech(texts[XML], `${hebrewPin.package}/${XML}`);
  const file = `${hebrewPin.package}/${DICTIONARY}`;
  const words = readDictionary(texts[DICTIONARY], file).map(([id, entry]): WordRecord => {
    const partOfSpeech = parts.get(id);
    if (partOfSpeech === undefined) throw new SourceError(file, id, `${XML} does not have it.`);
    return {
      id,
      lemma: entry.lemma,
      transliteration: entry.xlit,
      pronunciation: entry.pron,
      partOfSpeech: partOfSpeech || undefined,
      definition: cleanText(entry.strongs_def),
      usage: cleanText(entry.kjv_def),
      derivation: cleanText(entry.derivation),
    };
  });
  repairs.add(
    'hebrew-lemma-keys',
    words.filter(({ lemma }) => lemma !== lemma.normalize('NFC')).length,
    'Lemmas with their points in another order are found by a key without marks, made on Unicode NFD.',
  );
  repairs.add(
    'hebrew-parts-of-speech',
    parts.size,
    'Parts of speech are added from StrongHebrewG.xml; its glosses of other origin are ignored.',
  );
  return words;
}

/** Part of speech by Strong's number: the `morph` of each entry's own `<w>`, which carries an `ID`. */
function readPartsOfSpeech(xml: string, file: string): Map<string, string> {
  const parts = new Map<string, string>();
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw new SourceError(file, `line ${parser.line}`, error.message);
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'w' && attributes.ID) parts.set(attributes.ID, attributes.morph ?? '');
  });
  parser.write(xml.replace(/^\uFEFF/, '')).close();
  return parts;
}
