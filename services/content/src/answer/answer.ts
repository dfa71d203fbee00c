import { setTimeout as sleep } from 'node:timers/promises';
import { GraphMissingError, StoreUnavailableError } from '@gospelib/graph';
import { type CachedBody, ProblemError, sendCached } from '@gospelib/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Corpus, ServedCorpus } from '../corpus/corpus.ts';
import { withTimeout } from '../corpus/promise.timeout.ts';

/**
 * Answers a request from the active corpus: the kept answer of `key`, else what `make` gives. `key` is the request in
 * normal form, so that different spellings of a request share an answer.
 */
export type Answer<C = Corpus> = (
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
  make: (corpus: C) => unknown,
) => void | Promise<void>;

/** Where answers come from. */
export interface CorpusGate {
  /** The active corpus. @throws ProblemError that says why there is none */
  current(): ServedCorpus;
  /** While another corpus takes the place of a damaged one: resolves when that is decided. */
  readonly replacing: Promise<void> | undefined;
  isQuarantined(corpus: ServedCorpus): boolean;
  /** Called when the graph is not there; resolves when it is known whether the graph is damaged. */
  doubt(): Promise<void>;
}

/** How long a request waits for a fallback, ms. */
const FALLBACK_TIMEOUT_MS = 8_000;

/** How long a request waits for what is loaded after the chapters, ms. */
const WHOLE_TIMEOUT_MS = 4_000;

/** Answers that need nothing in memory but the books. */
export function createEarlyAnswer(gate: CorpusGate): Answer<ServedCorpus> {
  return createAnswerFrom(gate, (served) => served);
}

/** Answers that need the whole corpus: after a start they wait until it is loaded. */
export function createAnswer(gate: CorpusGate): Answer {
  return createAnswerFrom(gate, wholeOf);
}

async function wholeOf({ whole }: ServedCorpus): Promise<Corpus> {
  try {
    return await withTimeout(WHOLE_TIMEOUT_MS, whole);
  } catch (cause) {
    if (cause instanceof GraphMissingError || cause instanceof StoreUnavailableError) throw cause;
    const detail = 'The search and the dictionaries are being loaded; chapters can be read.';
    throw new ProblemError('store-unavailable', detail, { retryAfter: 1, cause });
  }
}

function createAnswerFrom<C>(
  gate: CorpusGate,
  prepare: (served: ServedCorpus) => C | Promise<C>,
): Answer<C> {
  return (request, reply, key, make) => {
    if (gate.replacing === undefined) {
      const kept = gate.current().answers.get(key);
      if (kept) return send(request, reply, kept);
    }
    const made = async (served: ServedCorpus) => make(await prepare(served));
    return answerFrom(gate, key, made).then((body) => send(request, reply, body));
  };
}

/**
 * An answer from a corpus that is not quarantined when the answer is ready; otherwise from the corpus that replaced it.
 */
async function answerFrom(
  gate: CorpusGate,
  key: string,
  make: (served: ServedCorpus) => unknown,
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
