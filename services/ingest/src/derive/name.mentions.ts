import { lemmaKey } from '@gospelib/graph';
import type { WordRecord, WordUse } from '../corpus/corpus.records.ts';
import { nameIds } from './name.ids.ts';

export type NameKind = 'person' | 'place';

/** A name as it is written, of people or of places: not one individual. */
export interface NameRecord {
  id: string;
  label: string;
  kind: NameKind;
  /** Strong's numbers, the most used first. */
  words: readonly string[];
  /** Distinct verses. */
  verses: number;
}

/** A verse has a name through a word; `name` is the name's place in its list. */
export interface Mention {
  verse: number;
  name: number;
  word: string;
}

const KINDS: Readonly<Record<string, NameKind>> = {
  'n-pr-m': 'person',
  'n-pr-f': 'person',
  'n-pr-loc': 'place',
};

interface Group {
  kind: NameKind;
  words: WordRecord[];
}

/**
 * Proper names by Strong's part of speech, over the Hebrew Bible. Words of one spelling (without points) are one name;
 * a word that Strong calls both a person and a place is two. Names that no verse has are left out.
 */
export function findNames(
  words: readonly WordRecord[],
  uses: readonly WordUse[],
): { names: NameRecord[]; mentions: Mention[] } {
  const verses = new Map<string, number[]>();
  for (const { word, verse } of uses) {
    const list = verses.get(word);
    if (list) list.push(verse);
    else verses.set(word, [verse]);
  }
  const versesOf = (word: WordRecord): readonly number[] => verses.get(word.id) ?? [];
  const groups = groupWords(words).filter((group) =>
    group.words.some((word) => versesOf(word).length > 0),
  );
  const drafts = groups.map(({ kind, words: own }) => {
    const byUse = own.toSorted((a, b) => versesOf(b).length - versesOf(a).length);
    const labels = new Set(byUse.filter((word) => versesOf(word).length > 0).map(englishName));
    return {
      label: [...labels].slice(0, 3).join(', '),
      kind,
      words: byUse.map(({ id }) => id),
      verses: new Set(own.flatMap(versesOf)).size,
    };
  });
  const ids = nameIds(drafts);
  const names = drafts.map((draft, index) => ({ ...draft, ...ids[index] })) as NameRecord[];
  const mentions = groups.flatMap(({ words: own }, name) =>
    own.flatMap((word) => versesOf(word).map((verse): Mention => ({ verse, name, word: word.id }))),
  );
  return { names, mentions: mentions.sort((a, b) => a.verse - b.verse || a.name - b.name) };
}

function groupWords(words: readonly WordRecord[]): Group[] {
  const groups = new Map<string, Group>();
  for (const word of words) {
    const kinds = new Set(word.partOfSpeech?.split(' ').flatMap((part) => KINDS[part] ?? []));
    for (const kind of kinds) {
      const key = `${kind} ${lemmaKey(word.lemma)}`;
      const group = groups.get(key);
      if (group) group.words.push(word);
      else groups.set(key, { kind, words: [word] });
    }
  }
  return [...groups.values()];
}

/** The first rendering of the King James Version that is a name, else the transliteration without its signs. */
function englishName({ usage = '', transliteration = '', id }: WordRecord): string {
  const rendering = /^\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)*/u.exec(usage)?.[0];
  if (rendering !== undefined) return rendering;
  const sound = transliteration.normalize('NFD').replace(/[^a-zA-Z -]/g, '');
  return sound === '' ? id : sound.charAt(0).toUpperCase() + sound.slice(1);
}
