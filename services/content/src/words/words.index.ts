import type { WordSummary } from '@gospelib/contracts';
import { forEachYielding } from '../corpus/event-loop.yield.ts';
import { fold, tokenize } from '../search/search.text.ts';

/** A word as the graph has it, with the keys by which it is looked up. */
export interface IndexedWord {
  readonly summary: WordSummary;
  /** Verses that use it. */
  readonly verses: number;
  /** The lemma without diacritics. */
  readonly key: string;
  /** The transliteration in plain letters a–z. */
  readonly translitKey: string;
}

const STRONGS = /^([hg])0*([1-9]\d{0,3})$/;
const NO_COMPOUNDS = new Map<string, readonly string[]>();

/** The form of a Strong's number in the corpus: `h085` and `H0085` are `H85`. */
export function normalStrongs(typed: string): string | undefined {
  const [, language, number] = STRONGS.exec(typed.trim().toLowerCase()) ?? [];
  return language && number && `${language.toUpperCase()}${number}`;
}

type Groups = Map<string, IndexedWord[]>;

/** All Hebrew and Greek words of a corpus in dictionary order, looked up by whatever people type. */
export class WordIndex {
  readonly #words: readonly IndexedWord[];
  /** The folded key of each word. */
  readonly #keys: string[] = [];
  readonly #byStrongs = new Map<string, IndexedWord>();
  readonly #byKey: Groups = new Map();
  readonly #byTranslit: Groups = new Map();
  readonly #byLooseTranslit: Groups = new Map();
  readonly #byMeaning: Groups = new Map();

  private constructor(words: readonly IndexedWord[]) {
    this.#words = words;
  }

  /** Indexes the words; yields to requests meanwhile. */
  static async build(words: readonly IndexedWord[]): Promise<WordIndex> {
    const built = new WordIndex(words);
    await forEachYielding(words.length, (at) => {
      const word = words[at];
      if (word) built.#add(word);
    });
    return built;
  }

  #add(word: IndexedWord): void {
    const { summary, key, translitKey } = word;
    const folded = fold(key);
    this.#keys.push(folded);
    this.#byStrongs.set(summary.strongs, word);
    add(this.#byKey, folded, word);
    add(this.#byTranslit, translitKey, word);
    add(this.#byLooseTranslit, loosen(translitKey), word);
    for (const meaning of new Set(wordsOf(summary.gloss))) add(this.#byMeaning, meaning, word);
  }

  /** @param strongs in its normal form */
  get(strongs: string): IndexedWord | undefined {
    return this.#byStrongs.get(strongs);
  }

  /** The word that an edge of the graph points to. @throws RangeError when the graph has no such word */
  require(strongs: string): IndexedWord {
    const word = this.#byStrongs.get(strongs);
    if (!word) throw new RangeError(`The corpus has no word ${strongs}.`);
    return word;
  }

  /** Words that match what was typed: a Strong's number, a lemma in any pointing, a transliteration. */
  named(typed: string): IndexedWord[] {
    const strongs = normalStrongs(typed);
    const numbered = strongs === undefined ? undefined : this.#byStrongs.get(strongs);
    if (numbered) return [numbered];
    const key = fold(typed).replace(/\s+/gu, '');
    if (key === '') return [];
    const lemmas = this.#byKey.get(key) ?? [];
    if (!/^[a-z]+$/.test(key)) return lemmas;
    const exact = this.#byTranslit.get(key) ?? [];
    const loose = this.#byLooseTranslit.get(loosen(key)) ?? [];
    return unique([...mostUsedFirst(exact), ...mostUsedFirst(loose)]);
  }

  /** {@link named}, then words that begin with what was typed, then words that mean it. */
  search(typed: string): IndexedWord[] {
    const key = fold(typed).replace(/\s+/gu, '');
    const begin = (word: IndexedWord, place: number) =>
      this.#keys[place]?.startsWith(key) || word.translitKey.startsWith(key);
    const beginning = key.length < 2 ? [] : this.#words.filter(begin);
    return unique([...this.named(typed), ...mostUsedFirst(beginning), ...this.#meaning(typed)]);
  }

  #meaning(typed: string): IndexedWord[] {
    const [first, ...others] = wordsOf(typed).map((word) => new Set(this.#byMeaning.get(word)));
    const all = [...(first ?? [])].filter((word) => others.every((words) => words.has(word)));
    return mostUsedFirst(all);
  }
}

/**
 * Transliterations as people spell them: Strong's `checed`, `ruwach`, `shalowm`, `elohiym` meet
 * "hesed", "ruach", "shalom", "elohim".
 */
function loosen(translit: string): string {
  return translit
    .replaceAll('iy', 'i')
    .replaceAll('ow', 'o')
    .replaceAll('uw', 'u')
    .replaceAll('ey', 'e')
    .replaceAll('ch', 'h')
    .replaceAll('kh', 'h')
    .replace(/ts|tz/g, 'z')
    .replaceAll('c', 's')
    .replaceAll('q', 'k')
    .replaceAll('w', 'v')
    .replaceAll('ph', 'f')
    .replace(/([a-z])\1+/g, '$1')
    .replace(/(?<=[a-z])h$/, '');
}

function wordsOf(text: string): string[] {
  return tokenize(text, NO_COMPOUNDS).map(({ term }) => term);
}

function add(groups: Groups, key: string, word: IndexedWord): void {
  const group = groups.get(key);
  if (group) group.push(word);
  else groups.set(key, [word]);
}

function mostUsedFirst(words: readonly IndexedWord[]): IndexedWord[] {
  return words.toSorted((a, b) => b.verses - a.verses);
}

function unique(words: readonly IndexedWord[]): IndexedWord[] {
  return [...new Set(words)];
}
