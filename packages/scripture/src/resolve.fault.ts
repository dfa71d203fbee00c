import type { Reference } from './reference.ts';

/** Why typed text is no reference; thrown within the resolver and caught at its edge. */
export class ReferenceFault extends Error {
  readonly suggestions: readonly Reference[];

  constructor(reason: string, suggestions: readonly Reference[] = []) {
    // Nearly every search that is no reference makes one: without a stack it takes a tenth of the time.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(reason);
    Error.stackTraceLimit = stackTraceLimit;
    this.suggestions = suggestions;
  }
}
