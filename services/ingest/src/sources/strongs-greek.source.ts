import { SaxesParser } from 'saxes';
import type { WordRecord } from '../corpus/corpus.records.ts';
import type { RepairList } from '../corpus/repair.list.ts';
import type { SourceTexts } from './package.files.ts';
import { SourceError } from './source.error.ts';
import { greekPin } from './source.pins.ts';
import { cleanText, readDictionary } from './strongs.dictionary.ts';

const DICTIONARY = 'greek/strongs-greek-dictionary.js';
const XML = 'greek/StrongsGreekDictionaryXML_1.4/strongsgreek.xml';

interface Sound {
  transliteration: string;
  pronunciation: string | undefined;
}

/** 5,523 Greek words; G2717 and G3203–G3302 do not exist in Strong's numbering. @throws SourceError */
export function readGreekWords(
  texts: SourceTexts<typeof greekPin>,
  repairs: RepairList,
): WordRecord[] {
  const { sounds, entries } = readSounds(texts[XML], `${greekPin.package}/${XML}`);
  const file = `${greekPin.package}/${DICTIONARY}`;
  const words = readDictionary(texts[DICTIONARY], file).map(([id, entry]): WordRecord => {
    const sound = sounds.get(id);
    if (!sound) throw new SourceError(file, id, `${XML} does not have it.`);
    return {
      id,
      lemma: entry.lemma,
      ...sound,
      definition: cleanText(entry.strongs_def),
      usage: cleanText(entry.kjv_def),
      derivation: cleanText(entry.derivation),
    };
  });
  repairs.add(
    'greek-sounds',
    words.length,
    'Transliteration and pronunciation are missing in the Greek dictionary and are taken from strongsgreek.xml.',
  );
  repairs.add(
    'greek-gaps',
    [...entries].filter((id) => !sounds.has(id)).length,
    'Numbers that Strong never gave (G2717, G3203–G3302) stand in strongsgreek.xml as empty entries and are left out.',
  );
  return words;
}

/** The first `<greek>` and `<pronunciation>` of an entry are its own; later ones belong to words it mentions. */
function readSounds(
  xml: string,
  file: string,
): { sounds: Map<string, Sound>; entries: Set<string> } {
  const entries = new Set<string>();
  const sounds = new Map<string, Sound>();
  let id = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw new SourceError(file, `line ${parser.line}`, error.message);
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'entry') {
      id = `G${Number(attributes.strongs)}`;
      entries.add(id);
    }
    const sound = sounds.get(id);
    if (name === 'greek' && !sound) {
      sounds.set(id, { transliteration: attributes.translit ?? '', pronunciation: undefined });
    }
    if (name === 'pronunciation' && sound) sound.pronunciation ??= attributes.strongs;
  });
  parser.write(xml).close();
  return { sounds, entries };
}
