export { bearerToken } from './bearer.ts';
export { createRedis, type RedisClient } from './revocation/revocation.client.ts';
export {
  createRevocationList,
  type RevocationList,
} from './revocation/revocation.list.ts';
export {
  createRevocationPublisher,
  type RevocationPublisher,
  type RevokedSession,
} from './revocation/revocation.publisher.ts';
export { type RevocationHost, watchRevocations } from './revocation/revocation.watch.ts';
export { InvalidTokenError, type TokenFault } from './token.error.ts';
export {
  createTokenVerifier,
  type Identity,
  lifeWithoutList,
  type TokenVerifier,
  type TokenVerifierOptions,
} from './token.verifier.ts';
