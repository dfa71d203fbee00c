import { createHash } from 'node:crypto';
import { StoreUnavailableError } from '@gospelib/graph';
import { CachedBody, ProblemError, sendCached } from '@gospelib/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Corpus } from '../corpus/corpus.ts';

/** Browsers and caches may show an answer for a minute, and while they ask again whether it still holds. */
const CACHE_CONTROL = 'public, max-age=60, stale-while-revalidate=600';

/** The serialised answers of one corpus version, bounded in bytes; the ones used longest ago go first. */
export class AnswerCache {
  readonly #version: string;
  readonly #kept: LRUCache<string, CachedBody>;
  readonly #underWay = new Map<string, Promise<CachedBody>>();

  constructor(version: string, maxBytes: number) {
    this.#version = version;
    this.#kept = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: (body, key) => body.weight + key.length,
    });
  }

  get(key: string): CachedBody | undefined {
    return this.#kept.get(key);
  }

  /** Makes an answer; who asks for the same one meanwhile waits for it. */
  make(key: string, make: () => unknown): Promise<CachedBody> {
    const running = this.#underWay.get(key);
    if (running) return running;
    const made = Promise.try(make)
      .then((value) => this.#keep(key, JSON.stringify(value)))
      .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, made);
    return made;
  }

  #keep(key: string, json: string): CachedBody {
    const hash = createHash('sha256').update(json).digest('base64url').slice(0, 12);
    const etag = `W/"${this.#version}-${hash}"`;
    const body = new CachedBody(json, { etag, cacheControl: CACHE_CONTROL });
    this.#kept.set(key, body);
    return body;
  }
}

/**
 * Answers a request from the active corpus: the kept answer of `key`, else what `make` gives.
 * `key` is the request in a normal form, so that different spellings of one request share an answer.
 */
export type Answer = (
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
  make: (corpus: Corpus) => unknown,
) => void | Promise<void>;

/** @param current gives the active corpus, or throws the problem that there is none to answer from */
export function createAnswer(current: () => Corpus): Answer {
  return (request, reply, key, make) => {
    const corpus = current();
    const kept = corpus.answers.get(key);
    if (kept) return send(request, reply, kept);
    return corpus.answers
      .make(key, () => make(corpus))
      .then((body) => send(request, reply, body), asProblem);
  };
}

function send(request: FastifyRequest, reply: FastifyReply, body: CachedBody): void {
  sendCached(request, reply, body);
}

function asProblem(error: unknown): never {
  if (!(error instanceof StoreUnavailableError)) throw error;
  throw new ProblemError('store-unavailable', 'The graph does not answer at the moment.', {
    retryAfter: 1,
    cause: error,
  });
}
