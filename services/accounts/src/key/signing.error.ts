/** Tokens cannot be signed; `reason` tells the operator why, without any secret. */
export class SigningError extends Error {
  override readonly name = 'SigningError';
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}
