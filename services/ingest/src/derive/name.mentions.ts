import { lemmaKey } from '@gospelib/graph';
import type { WordRecord, WordUse } from '../corpus/corpus.records.ts';
import { withIds } from './name.ids.ts';
import type { Mention, NameKind, NameRecord } from './name.record.ts';

const KINDS: Readonly<Record<string, NameKind>> = {
  'n-pr-m': 'person',
  'n-pr-f': 'person',
  'n-pr-loc': 'place',
};

const NAME = /^\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)*$/u;
/** Words of one spelling may have several renderings, like Bani and Bunni. */
const MAX_LABELS = 3;

interface Group {
  kind: NameKind;
  words: WordRecord[];
}

/**
 * Proper names by Strong's part of speech, over the Hebrew Bible. Words of one spelling (without points) are one name;
 * a word that Strong calls both a person and a place is two. Names without verses are left out.
 * @param texts the verses, by their order
 */
export function findNames(
  words: readonly WordRecord[],
  uses: readonly WordUse[],
  texts: readonly string[],
): { names: NameRecord[]; mentions: Mention[] } {
  const verses = new Map<string, number[]>();
  for (const { word, verse } of uses) {
    const list = verses.get(word);
    if (list) list.push(verse);
    else verses.set(word, [verse]);
  }
  const versesOf = ({ id }: { id: string }): readonly number[] => verses.get(id) ?? [];
  const drafts = groupWords(words).flatMap(({ kind, words: own }) => {
    const used = own
      .filter((word) => versesOf(word).length > 0)
      .sort((a, b) => versesOf(b).length - versesOf(a).length);
    if (used.length === 0) return [];
    const label = [...new Set(used.map((word) => englishName(word, versesOf(word), texts)))]
      .slice(0, MAX_LABELS)
      .join(', ');
    const distinct = new Set(used.flatMap(versesOf));
    return [{ label, kind, words: used.map(({ id }) => id), verses: distinct.size }];
  });
  return { names: withIds(drafts), mentions: listMentions(drafts, uses) };
}

/** In the order of the text. */
function listMentions(
  names: readonly { words: readonly string[] }[],
  uses: readonly WordUse[],
): Mention[] {
  const byWord = new Map<string, number[]>();
  for (const [name, { words }] of names.entries()) {
    for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), name]);
  }
  return uses.flatMap(({ verse, word }) =>
    (byWord.get(word) ?? []).map((name) => ({ verse, name, word })),
  );
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

/** The most frequent rendering that is a name, otherwise the transliteration without its signs. */
function englishName(
  { usage = '', transliteration = '', id }: WordRecord,
  verses: readonly number[],
  texts: readonly string[],
): string {
  const renderings = usage.split(/[,.;(]/).map((part) => part.trim());
  const counted = renderings
    .filter((rendering) => NAME.test(rendering))
    .map((name) => ({
      name,
      count: verses.filter((verse) => texts[verse]?.includes(name)).length,
    }));
  const [best] = counted.sort((a, b) => b.count - a.count);
  if (best) return best.name;
  const sound = transliteration.normalize('NFD').replace(/[^a-zA-Z -]/g, '');
  return sound === '' ? id : sound.charAt(0).toUpperCase() + sound.slice(1);
}
