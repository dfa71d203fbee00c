/** A line below the go-to box. A note cannot be selected: it says why the text leads nowhere. */
export type Suggestion = {
  readonly kind: 'passage' | 'book' | 'word' | 'search' | 'note';
  readonly label: string;
  readonly hint?: string | undefined;
  /** Address; empty for a note. */
  readonly to: string;
};
