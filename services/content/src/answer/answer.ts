import { setTimeout as sleep } from 'node:timers/promises';
import { GraphMissingError, StoreUnavailableError } from '@gospelib/graph';
import { type CachedBody, ProblemError, sendCached } from '@gospelib/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Corpus } from '../corpus/corpus.ts';

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
