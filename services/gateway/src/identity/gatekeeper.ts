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
    /** Who asks, from a verified token; undefined for who is not known. */
    identity: Identity | undefined;
  }
}

export interface GatekeeperOptions {
  verifier: TokenVerifier;
  /** Told why a token was refused; `keys` when nothing could be said about it. */
  onRefused: (why: TokenFault | 'keys') => void;
}

/** Tells who asks, and keeps out whom a route is not for. */
export class Gatekeeper {
  readonly #verifier: TokenVerifier;
  readonly #onRefused: GatekeeperOptions['onRefused'];

  constructor({ verifier, onRefused }: GatekeeperOptions) {
    this.#verifier = verifier;
    this.#onRefused = onRefused;
  }

  /** The hook in front of a route. */
  guard(access: Access): onRequestHookHandler {
    if (access === 'session') return requireCookie;
    if (access === 'public') return (request, _reply, done) => this.#recognise(request, done);
    return (request, _reply, done) => {
      this.#require(request).then(() => done(), done);
    };
  }

  async #require(request: FastifyRequest): Promise<void> {
    const token = bearerToken(request.headers.authorization);
    if (token === undefined) throw unauthenticated('Bearer');
    request.identity = this.#verifier.peek(token) ?? (await this.#verify(token));
  }

  /**
   * Reading needs nobody's name, so it never waits for one, nor fails for a bad one: a token that was not seen before
   * is verified beside the request, and known by the next.
   */
  #recognise(request: FastifyRequest, done: () => void): void {
    const token = bearerToken(request.headers.authorization);
    if (token !== undefined) {
      request.identity = this.#verifier.peek(token);
      if (request.identity === undefined) this.#verify(token).catch(() => undefined);
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
