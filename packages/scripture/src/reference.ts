/** A chapter's place, e.g. `{ book: 'alma', chapter: 32 }`. */
export interface ChapterPoint {
  /** Slug of the book. */
  readonly book: string;
  /** From 1. */
  readonly chapter: number;
}

/** A verse's place. */
export interface VersePoint extends ChapterPoint {
  /** From 1; 0 is a Psalm's title. */
  readonly verse: number;
}

export interface BookReference {
  readonly kind: 'book';
  readonly book: string;
}

export interface ChapterReference extends ChapterPoint {
  readonly kind: 'chapter';
}

export interface VerseReference extends VersePoint {
  readonly kind: 'verse';
}

/** Two or more consecutive verses within one book; titles are never part of a range. */
export interface RangeReference {
  readonly kind: 'range';
  readonly book: string;
  readonly from: { readonly chapter: number; readonly verse: number };
  readonly to: { readonly chapter: number; readonly verse: number };
}

/** A contiguous part of one book. */
export type Reference = BookReference | ChapterReference | VerseReference | RangeReference;
