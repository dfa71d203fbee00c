import type { Environment } from '@gospelib/environment';
import { expect, test } from 'vitest';
import { reingest } from './graph.steps.ts';

/** A platform whose ingest fails, and that has no store. */
function environmentWith(reason: string) {
  const flags: (readonly string[] | undefined)[] = [];
  const environment: Pick<Environment, 'runJob' | 'storeAddress'> = {
    runJob: async (_job, _reporter, given) => {
      flags.push(given);
      throw new Error(reason);
    },
    storeAddress: () => Promise.reject(new Error('no store')),
  };
  const context = {
    environment: environment as Environment,
    say: () => undefined,
    acceptDataLoss: false,
  };
  return { flags, context };
}

test('what is ingested is the edition that was lost', async () => {
  const { flags, context } = environmentWith('it failed');
  for (const lost of ['aaaaaaaaaaaa-default', 'aaaaaaaaaaaa-full', 'auto'])
    await expect(reingest(context, lost)).rejects.toThrow('it failed');
  expect(flags).toEqual([['--edition', 'default'], ['--edition', 'full'], undefined]);
});

test('a full edition that cannot be made says what would come out instead, and what there is to choose', async () => {
  const { context } = environmentWith('it lacks the modules Nave, KJV.');
  const failed = reingest(context, 'aaaaaaaaaaaa-full');
  await expect(failed).rejects.toThrow(/cannot be made anew: it lacks the modules Nave, KJV/);
  await expect(failed).rejects.toThrow(/Without its modules the default edition would come out/);
  await expect(failed).rejects.toThrow(/ingest --edition default/);
});
