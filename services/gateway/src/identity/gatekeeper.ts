import { ProblemError } from '@gospelib/service-kit';
import {
  bearerToken,
  type Identity,
  InvalidTokenError,
  type TokenFault,
  type TokenVerifier,
} from '@gospelib/tokens';
import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import { sessionChallenge } from '../proxy/service.rules.ts';
import type { Access } from '../routing/route.table.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller, from a verified token; undefined for an unknown caller. */
    identity: Identity | undefined;
  }
}

export interface GatekeeperOptions {
  verifier: TokenVerifier;
  /** Called with the reason why a token was refused; `keys` when it could not be verified. */
  onRefused: (why: TokenFault | 'keys') => void;
}

const scheme = 'Bearer ';

/** Identifies callers, and refuses those who may not use a route. */
export class Gatekeeper {
  readonly #verifier: TokenVerifier;
  readonly #onRefused: GatekeeperOptions['onRefused'];

  constructor({ verifier, onRefused }: GatekeeperOptions) {
    this.#verifier = verifier;
    this.#onRefused = onRefused;
  }

  /** The hook for a route. */
  guard(access: Access): onRequestHookHandler {
    if (access === 'session') return requireCookie;
    if (access === 'public') return (request, _reply, done) => this.#recognise(request, done);
    return (request, _reply, done) => {
      if (this.#isKnown(request)) done();
      else this.#require(request).then(() => done(), done);
    };
  }

  /** Whether the token was verified before: then it is found as it stands, without a look at its form. */
  #isKnown(request: FastifyRequest): boolean {
    const { authorization } = request.headers;
    if (!authorization?.startsWith(scheme)) return false;
    request.identity = this.#verifier.peek(authorization.slice(scheme.length));
    return request.identity !== undefined;
  }

  async #require(request: FastifyRequest): Promise<void> {
    const token = bearerToken(request.headers.authorization);
    if (token === undefined) throw unauthenticated('Bearer');
    request.identity = await this.#verify(token);
  }

  /**
   * Public reading never waits for a token, and never fails because of a bad one: a token seen for the first time is
   * verified in the background, and identifies the caller from the next request on.
   */
  #recognise(request: FastifyRequest, done: () => void): void {
    if (!this.#isKnown(request)) {
      const token = bearerToken(request.headers.authorization);
      if (token !== undefined) {
        request.identity = this.#verifier.peek(token);
        if (request.identity === undefined) this.#verify(token).catch(() => undefined);
      }
    }
    done();
  }

  async #verify(token: string): Promise<Identity> {
    try {
      return await this.#verifier.verify(token);
    } catch (cause) {
      if (cause instanceof InvalidTokenError) {
        this.#onRefused(cause.fault);
        throw unauthenticated('Bearer error="invalid_token"', cause);
      }
      this.#onRefused('keys');
      const detail = 'Nobody can be recognised right now.';
      throw new ProblemError('unavailable', detail, { retryAfter: 1, cause });
    }
  }
}

const requireCookie: onRequestHookHandler = (request, _reply, done) => {
  if (request.headers.cookie === undefined) done(unauthenticated(sessionChallenge));
  else done();
};

function unauthenticated(challenge: string, cause?: unknown): ProblemError {
  return new ProblemError('unauthenticated', undefined, {
    headers: { 'www-authenticate': challenge },
    cause,
  });
}
