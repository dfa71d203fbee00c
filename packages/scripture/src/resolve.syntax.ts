import type { Book } from './canon.ts';
import type { TextlessWork } from './textless.ts';

/** A place as typed, before it is known which book it belongs to and whether "9" is a chapter or a verse. */
export type Point =
  | { readonly form: 'pair'; readonly chapter: number; readonly verse: number }
  | { readonly form: 'chapter' | 'verse' | 'bare'; readonly number: number };

/** A place or a range as typed. */
export interface Item {
  readonly from: Point;
  readonly to?: Point;
  /** "f": and the next one; "ff": and all that follow. */
  readonly follow?: 'f' | 'ff';
  /** Whether it is the first item, follows ";" (a chapter again) or "," (still a verse, if the previous one was). */
  readonly after: 'start' | ';' | ',';
}

/** Text typed as a book: the books that it may mean, or a work whose text is not here. */
export interface Heading {
  /** As it was typed. */
  readonly typed: string;
  /** The form in which names are compared. */
  readonly key: string;
  readonly books: readonly Book[];
  readonly textless?: TextlessWork;
}

/** A book and the places typed after it; without items, the whole book. */
export interface Group extends Heading {
  readonly items: readonly Item[];
}
