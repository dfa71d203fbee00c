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

/** Two or more verses in a row, within one book; titles are not part of ranges. */
export interface RangeReference {
  readonly kind: 'range';
  readonly book: string;
  readonly from: { readonly chapter: number; readonly verse: number };
  readonly to: { readonly chapter: number; readonly verse: number };
}

/** One contiguous stretch of one book. */
export type Reference = BookReference | ChapterReference | VerseReference | RangeReference;
