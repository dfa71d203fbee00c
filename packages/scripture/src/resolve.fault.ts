import type { Reference } from './reference.ts';

/** Why typed text is no reference; thrown within the resolver and caught at its edge. */
export class ReferenceFault extends Error {
  readonly suggestions: readonly Reference[];

  constructor(reason: string, suggestions: readonly Reference[] = []) {
    super(reason);
    this.suggestions = suggestions;
  }
}
