import type { Difference } from '@gospelib/graph';

/** The loaded graph is not what was sent; it is not activated. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError';
  readonly differences: readonly Difference[];

  constructor(version: string, differences: readonly Difference[]) {
    const list = differences.map(({ detail }) => detail).join(' ');
    super(`The graph ${version} did not verify and was not activated. ${list}`);
    this.differences = differences;
  }
}
