import { setTimeout as sleep } from 'node:timers/promises';
import { readPointer } from '@gospelib/graph';
import { inBothCopies } from './damage/graph.damage.ts';
import type { Drill } from './drill.ts';
import { deleteVerses, usual } from './graph.drills.ts';
import { type Stack, type StartedGl, startGl } from './stack/stack.ts';

/** Longer than the lock of the ingest lasts. */
const STANDSTILL_MS = 20_000;

/** An ingest that a busy machine, or a person, lets stand still while it loads. */
async function standingIngest(stack: Stack): Promise<StartedGl> {
  const ingest = startGl(stack, ['ingest', '--force', '--progress', 'ndjson']);
  await ingest.says(/"stage":"load","done":[1-9]/);
  ingest.signal('SIGSTOP');
  await sleep(STANDSTILL_MS);
  return ingest;
}

const activation = async (stack: Stack): Promise<string | undefined> =>
  (await stack.graph(readPointer))?.activation;

function stopped(): Drill {
  let before: string | undefined;
  return {
    ...usual,
    name: 'ingest-stopped',
    breaks: 'An ingest stands still for twenty seconds while it loads, and goes on',
    expects: [],
    outcome: 'healthy',
    targetSeconds: 10,
    break: async (stack) => {
      before = await activation(stack);
      const ingest = await standingIngest(stack);
      ingest.signal('SIGCONT');
      const { code, stderr } = await ingest.ended;
      if (code !== 0) throw new Error(`The ingest ended with ${code}: ${stderr}`);
    },
    faults: async (stack) => [
      ...((await activation(stack)) === before ? ['What was ingested is not active.'] : []),
      ...(await usual.faults(stack)),
    ],
  };
}

function overtaken(): Drill {
  let ingest: StartedGl | undefined;
  return {
    ...usual,
    name: 'ingest-overtaken',
    breaks:
      'Verses are deleted in both copies; an ingest that was to mend it stands still, and goes on only after the recovery',
    expects: ['graph-damaged'],
    break: async (stack) => {
      await inBothCopies(stack, deleteVerses);
      ingest = await standingIngest(stack);
    },
    faults: async (stack) => {
      const mended = await activation(stack);
      ingest?.signal('SIGCONT');
      const ended = await ingest?.ended;
      const told = /took the lock of the store/.test(ended?.stderr ?? '');
      const left = await stack.graph((store) => store.send(['GRAPH.LIST']));
      return [
        ...(told ? [] : [`The ingest ended with ${ended?.code}: ${ended?.stderr.slice(-500)}`]),
        ...((await activation(stack)) === mended
          ? []
          : ['The ingest that was overtaken switched.']),
        ...((left as string[]).some((key) => key.includes(':building:'))
          ? ['It left a graph.']
          : []),
        ...(await usual.faults(stack)),
      ];
    },
  };
}

export const ingestDrills: readonly Drill[] = [stopped(), overtaken()];
