/** Why a token is refused; for logs and tests, the wire says only that it is. */
export type TokenFault =
  | 'malformed'
  | 'algorithm'
  | 'unknown-key'
  | 'signature'
  | 'expired'
  | 'claims';

/** The token proves nothing: answer 401. */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError';
  readonly fault: TokenFault;

  constructor(fault: TokenFault, options?: ErrorOptions) {
    super(`The token is refused: ${fault}.`, options);
    this.fault = fault;
  }
}

/** The keys cannot be had, so nothing can be said about the token: answer 503. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
}
