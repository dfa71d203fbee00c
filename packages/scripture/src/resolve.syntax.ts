import type { Book } from './canon.ts';
import type { TextlessWork } from './textless.ts';

/** A place as typed, before it is known which book it is in and whether "9" is its chapter or its verse. */
export type Point =
  | { readonly form: 'pair'; readonly chapter: number; readonly verse: number }
  | { readonly form: 'chapter' | 'verse' | 'bare'; readonly number: number };

/** A place or a range as typed. */
export interface Item {
  readonly from: Point;
  readonly to?: Point;
  /** "f": and the one after; "ff": and all that follow. */
  readonly follow?: 'f' | 'ff';
  /** The first item, one after ";" (a chapter again) or one after "," (a verse still, when the last was one). */
  readonly after: 'start' | ';' | ',';
}

/** What was typed as a book: the books that it may mean, or a work that has no text here. */
export interface Heading {
  /** As it was typed. */
  readonly typed: string;
  /** The form in which names are compared. */
  readonly key: string;
  readonly books: readonly Book[];
  readonly textless?: TextlessWork;
}

/** A book and the places typed after it; no items: the book as a whole. */
export interface Group extends Heading {
  readonly items: readonly Item[];
}
