/** The records that sources yield, before anything is derived from them. A verse is its canonical order, 0..41994. */
export interface VolumeRecord {
  id: string;
  name: string;
  subtitle?: string | undefined;
}

export interface BookRecord {
  slug: string;
  name: string;
  fullTitle: string;
  subtitle?: string | undefined;
  heading?: string | undefined;
  note?: string | undefined;
  volume: string;
}

export interface ChapterRecord {
  book: string;
  number: number;
  verses: number;
  heading?: string | undefined;
  /** A Psalm's title. */
  title?: string | undefined;
  signature?: string | undefined;
}

export interface PassageRecord {
  book: string;
  chapter: number;
  verse: number;
  text: string;
  heading?: string | undefined;
  paragraph: boolean;
}

/** All in canonical order; a passage's place in its list is its canonical order. */
export interface Scriptures {
  volumes: readonly VolumeRecord[];
  books: readonly BookRecord[];
  chapters: readonly ChapterRecord[];
  passages: readonly PassageRecord[];
}

export interface WordRecord {
  /** `H430`, `G26` */
  id: string;
  lemma: string;
  transliteration?: string | undefined;
  pronunciation?: string | undefined;
  /** Strong's own code, e.g. `n-pr-m`. */
  partOfSpeech?: string | undefined;
  definition?: string | undefined;
  usage?: string | undefined;
  derivation?: string | undefined;
}

/** A word in a verse, with its distinct forms there, in the order of the text. */
export interface WordUse {
  verse: number;
  word: string;
  forms: string[];
  count: number;
}

/** References in the order of the source, `from[i]` to `to[i]`. */
export interface CrossReferences {
  from: Uint16Array;
  to: Uint16Array;
}

/** A topic of a topical index. Verses are canonical orders; chapters `alma.32`; see-also lists keys of topics. */
export interface TopicRecord {
  key: string;
  id: string;
  name: string;
  verses: ReadonlySet<number>;
  chapters: ReadonlySet<string>;
  books: ReadonlySet<string>;
  seeAlso: ReadonlySet<string>;
}

/** One comment on one or more verses (canonical orders). */
export interface CommentaryRecord {
  id: string;
  source: string;
  text: string;
  covers: string;
  verses: readonly number[];
}
