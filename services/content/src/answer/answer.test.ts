import { GraphMissingError } from '@gospelib/graph';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { beforeEach, expect, it } from 'vitest';
import type { ServedCorpus as Corpus } from '../corpus/corpus.ts';
import { AnswerCache } from './answer.cache.ts';
import { type CorpusGate, createAnswer, createEarlyAnswer } from './answer.ts';

const corpusOf = (version: string): Corpus =>
  ({ version, answers: new AnswerCache(version, 2 ** 20) }) as Corpus;
let damaged: Corpus;
let sound: Corpus;

let gate: { -readonly [Name in keyof CorpusGate]: CorpusGate[Name] };
let served: Corpus;
const quarantined = new Set<Corpus>();
beforeEach(() => {
  [damaged, sound] = [corpusOf('damaged'), corpusOf('sound')];
  served = damaged;
  quarantined.clear();
  gate = {
    current: () => served,
    replacing: undefined,
    isQuarantined: (corpus) => quarantined.has(corpus),
    doubt: async () => undefined,
  };
});

/** The answer to a request. */
async function ask(make: (corpus: Corpus) => unknown): Promise<string> {
  let sent = '';
  const reply = {
    header: () => reply,
    send: (body: Buffer) => {
      sent = String(body);
      return reply;
    },
  };
  const request = { headers: {} } as FastifyRequest;
  await createEarlyAnswer(gate)(request, reply as unknown as FastifyReply, 'key', make);
  return sent;
}
const replace = () => {
  quarantined.add(damaged);
  served = sound;
};

it('a request waits while another corpus takes the place of a damaged one', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  gate.replacing = promise;
  const asked = ask(({ version }) => version);
  replace();
  resolve();
  gate.replacing = undefined;
  expect(await asked).toBe('"sound"');
});

it('an answer that was made from a graph found damaged meanwhile is made again', async () => {
  const answer = await ask(({ version }) => {
    if (version === 'damaged') replace();
    return version;
  });
  expect(answer).toBe('"sound"');
});

it('a request that finds no graph is answered from what takes its place', async () => {
  gate.doubt = async () => replace();
  const answer = await ask(({ version }) => {
    if (version === 'damaged') throw new GraphMissingError('empty key');
    return version;
  });
  expect(answer).toBe('"sound"');
});

it('what is remembered of a damaged graph stays with it', async () => {
  const first = await ask(({ version }) => version);
  replace();
  expect([first, await ask(({ version }) => version)]).toEqual(['"damaged"', '"sound"']);
});

it('needs the whole corpus for what chapters do not, and says so when there is none', async () => {
  const whole = Promise.withResolvers<never>();
  served = { ...sound, whole: whole.promise };
  const asked = createAnswer(gate)(
    { headers: {} } as FastifyRequest,
    {} as FastifyReply,
    'search',
    () => 'found',
  );
  whole.reject(new RangeError('The verse gen.1.1 is of an unknown book.'));
  await expect(asked).rejects.toMatchObject({ statusCode: 503 });
  expect(await ask(() => 'read')).toBe('"read"');
});
