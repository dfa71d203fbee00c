import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { descendants } from '@gospelib/processes';
import { folders } from '@gospelib/supervisor';
import type { Drill } from './drill.ts';
import { expectOk, type Stack } from './stack/stack.ts';

/** Processes rather than data. */
const usual = {
  outcome: 'recovered',
  page: 'not named',
  targetSeconds: 30,
  readersKeepReading: false,
} as const;

/** A store that was told to stand still answers nothing, and still has its process. */
function hung(name: 'falkordb' | 'redis' | 'postgresql'): Drill {
  return {
    ...usual,
    name: `${name}-hangs`,
    breaks: `${name} and all its processes are stopped with SIGSTOP: they are there, and answer nothing`,
    expects: ['process-away'],
    targetSeconds: 45,
    break: async (stack) => {
      const pid = await pidOf(stack, name);
      for (const one of [...descendants(pid), pid]) process.kill(one, 'SIGSTOP');
      while ((await stateOf(stack, name)) !== 'not ready') await sleep(200);
    },
    faults: runsWhereItWas,
  };
}

async function pidOf({ environment }: Stack, name: string): Promise<number> {
  const { processes } = await environment.status();
  const pid = processes.find((one) => one.name === name)?.pid;
  if (pid === undefined) throw new Error(`${name} has no process.`);
  return pid;
}

async function stateOf({ environment }: Stack, name: string): Promise<string | undefined> {
  return (await environment.status()).processes.find((one) => one.name === name)?.state;
}

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
  {
    ...usual,
    name: 'secret-altered',
    breaks:
      'One character of the secret of accounts is altered in its file, and the platform is ended and started again',
    expects: ['signing-key-sealed'],
    says: /is again the one with which accounts was ready last/,
    readersKeepReading: true,
    break: async (stack) => {
      const file = join(folders.secrets(stack.config), 'accounts-auth');
      const secret = readFileSync(file, 'utf8');
      await expectOk(stack.gl(['down']));
      writeFileSync(
        file,
        secret.replace(/^./, (first) => (first === 'x' ? 'y' : 'x')),
      );
      // Everything else serves readers: it ends with 3, not with 1.
      const up = await stack.gl(['up', '--detach']);
      const told = up.stdout + up.stderr;
      if (up.code !== 3 || !told.includes('signing key')) {
        throw new Error(`up was to name the signing key, not to end with ${up.code}:\n${told}`);
      }
    },
    faults: runsWhereItWas,
  },
  hung('falkordb'),
  { ...hung('redis'), readersKeepReading: true },
  { ...hung('postgresql'), readersKeepReading: true },
];
