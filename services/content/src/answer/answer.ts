import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { GraphMissingError, StoreUnavailableError } from '@gospelib/graph';
import { CachedBody, ProblemError, sendCached } from '@gospelib/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Corpus } from '../corpus/corpus.ts';

/** Browsers and caches keep an answer and revalidate it each time, so that a wrong answer is not shown again. */
const CACHE_CONTROL = 'public, no-cache';

/** The serialised answers of one corpus version, bounded in bytes; the least recently used are evicted first. */
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

  /** Makes an answer. Requests for the same one wait for it meanwhile. */
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
 * Answers a request from the active corpus: the kept answer of `key`, else what `make` gives. `key` is the request in
 * normal form, so that different spellings of a request share an answer.
 */
export type Answer = (
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
  make: (corpus: Corpus) => unknown,
) => void | Promise<void>;

/** Where answers come from. */
export interface CorpusGate {
  /** The active corpus. @throws ProblemError that says why there is none */
  current(): Corpus;
  /** While another corpus takes the place of a damaged one: resolves when that is decided. */
  readonly replacing: Promise<void> | undefined;
  isQuarantined(corpus: Corpus): boolean;
  /** Called when the graph is not there; resolves when it is known whether the graph is damaged. */
  doubt(): Promise<void>;
}

/** How long a request waits for a fallback, ms. */
const FALLBACK_TIMEOUT_MS = 8_000;

export function createAnswer(gate: CorpusGate): Answer {
  return (request, reply, key, make) => {
    if (gate.replacing === undefined) {
      const kept = gate.current().answers.get(key);
      if (kept) return send(request, reply, kept);
    }
    return answerFrom(gate, key, make).then((body) => send(request, reply, body));
  };
}

/**
 * An answer from a corpus that is not quarantined when the answer is ready; otherwise from the corpus that replaced it.
 */
async function answerFrom(
  gate: CorpusGate,
  key: string,
  make: (corpus: Corpus) => unknown,
): Promise<CachedBody> {
  if (gate.replacing)
    await Promise.race([gate.replacing, sleep(FALLBACK_TIMEOUT_MS, undefined, { ref: false })]);
  const corpus = gate.current();
  try {
    const body = await (corpus.answers.get(key) ?? corpus.answers.make(key, () => make(corpus)));
    if (!gate.isQuarantined(corpus)) return body;
  } catch (error) {
    if (error instanceof GraphMissingError) await gate.doubt();
    if (!gate.isQuarantined(corpus)) return asProblem(error);
  }
  return answerFrom(gate, key, make);
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
