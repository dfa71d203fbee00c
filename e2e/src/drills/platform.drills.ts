import type { Drill } from './drill.ts';
import type { Stack } from './stack/stack.ts';

/** Processes rather than data. */
const usual = {
  outcome: 'recovered',
  page: 'not named',
  targetSeconds: 30,
  readersKeepReading: false,
} as const;

/** It is read where it was, and all of it runs. */
async function runsWhereItWas(stack: Stack): Promise<string[]> {
  const { origin, ready } = await stack.environment.status();
  const answer = await fetch(`${stack.origin}/api/v1/corpus`).catch(() => undefined);
  return [
    ...(origin === stack.origin ? [] : [`It runs at ${origin}, not at ${stack.origin}.`]),
    ...(ready ? [] : ['Not all of it is ready.']),
    ...(answer?.ok ? [] : [`${stack.origin} answers ${answer?.status ?? 'nothing'}.`]),
  ];
}

export const platformDrills: readonly Drill[] = [
  {
    ...usual,
    name: 'supervisor-killed',
    breaks:
      'The supervisor of a platform on other ports than the usual ones is killed, and who recovers names the data folder alone',
    expects: ['nothing-runs'],
    byDataAlone: true,
    break: async ({ environment }) => {
      const { supervisor } = await environment.status();
      if (supervisor === undefined) throw new Error('There is no supervisor.');
      process.kill(supervisor, 'SIGKILL');
    },
    faults: runsWhereItWas,
  },
];
