import type { Book } from './canon.ts';
import type { ReferenceFault } from './resolve.fault.ts';
import type { TextlessWork } from './textless.ts';

/** A place as typed, before it is known which book it belongs to and whether "9" is a chapter or a verse. */
export type Point =
  /** Joined by a dot, it may also be two verses, as continental books write: "5,3.7". */
  | {
      readonly form: 'pair';
      readonly chapter: number;
      readonly verse: number;
      readonly dotted: boolean;
    }
  | { readonly form: 'chapter' | 'verse' | 'bare'; readonly number: number }
  | { readonly form: 'book' };

/** A place or a range as typed. */
export interface Item {
  readonly from: Point;
  readonly to?: Point;
  /** The books in one of which the range ends, when it is another one; without `to`, it ends with the book. */
  readonly toBooks?: readonly Book[];
  /** "f": and the next one; "ff": and all that follow. */
  readonly follow?: 'f' | 'ff';
  /** Whether it is the first item, follows ";" (a chapter again) or "," (still a verse, if the previous one was). */
  readonly after: 'start' | ';' | ',';
  /** A comma alone is before it, without or with a space between. */
  readonly comma?: 'glued' | 'spaced' | undefined;
  /** As it was typed. */
  readonly typed: string;
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
  /** All of it as it was typed. */
  readonly source: string;
  /** Names of translations typed with it that are not the corpus's own. */
  readonly translations: readonly string[];
}

/** A part of a text that is no reference. */
export interface Unread {
  readonly fault: ReferenceFault;
  readonly source: string;
}

export type Part = Group | Unread;
