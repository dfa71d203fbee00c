export { bearerToken } from './bearer.ts';
export { InvalidTokenError, type TokenFault } from './token.error.ts';
export {
  createTokenVerifier,
  type Identity,
  type TokenVerifier,
  type TokenVerifierOptions,
} from './token.verifier.ts';
