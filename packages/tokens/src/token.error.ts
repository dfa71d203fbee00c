/** Why a token is refused, for logs and tests; the caller only learns that it is. */
export type TokenFault =
  | 'malformed'
  | 'algorithm'
  | 'unknown-key'
  | 'signature'
  | 'expired'
  /** Its session was ended. */
  | 'revoked'
  /** It is older than what counts while nobody knows which sessions were ended. */
  | 'unproven'
  | 'claims';

/** The token is not valid: answer 401. */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError';
  readonly fault: TokenFault;

  constructor(fault: TokenFault, options?: ErrorOptions) {
    super(`The token is refused: ${fault}.`, options);
    this.fault = fault;
  }
}

/** The keys are not available, so the token cannot be checked: answer 503. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
}
