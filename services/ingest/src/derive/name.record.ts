export type NameKind = 'person' | 'place';

/** A name as it is written, of people or of places; it is not an individual. */
export interface NameRecord {
  id: string;
  label: string;
  kind: NameKind;
  /** Strong's numbers, the most used first. */
  words: readonly string[];
  /** Distinct verses. */
  verses: number;
}

/** A verse mentions a name by a word; `name` is the name's index in its list. */
export interface Mention {
  verse: number;
  name: number;
  word: string;
}
