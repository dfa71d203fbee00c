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
