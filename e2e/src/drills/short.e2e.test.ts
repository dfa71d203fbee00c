import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readLocalConfig } from '@gospelib/supervisor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository } from '../platform.ts';
import { drills } from './drill.catalogue.ts';
import { type Load, runDrill } from './drill.run.ts';
import type { Drill } from './drill.ts';
import { openAccount } from './load/account.ts';
import { learnRightAnswers } from './load/readers.ts';
import { type Stack, startStack } from './stack/stack.ts';

let stack: Stack;
let load: Load;

beforeAll(async () => {
  stack = await startStack(readLocalConfig(repository, {}), (line) => console.log(line), false);
  load = {
    right: await learnRightAnswers(stack.origin),
    account: await openAccount(stack.config),
  };
});
afterAll(() => stack?.stop());

function named(name: string): Drill {
  const found = drills.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no drill ${name}.`);
  return found;
}

/** Whether what is promised is kept is for a quiet machine: `./gl drill all`. */
const untimed = { timed: false };

test.each(['texts-altered', 'pointer-to-nowhere', 'index-dropped', 'passages-deleted'])(
  '%s: found, mended, nothing wrong once it is known, nothing lost',
  async (name) => {
    const { faults, reads, writes } = await runDrill(named(name), stack, load, untimed);
    expect(faults).toEqual([]);
    expect(reads.all).toBeGreaterThan(20);
    expect(writes.acknowledged).toBeGreaterThan(5);
  },
);

test('a verification that is blind makes the drill fail', async () => {
  const blind = pathToFileURL(join(import.meta.dirname, 'testing/blind.verify.ts'));
  stack.config.env.NODE_OPTIONS = `--import=${blind.href}`;
  const { faults } = await runDrill(named('texts-altered'), stack, load, untimed);
  expect(faults).toEqual(
    expect.arrayContaining([
      expect.stringContaining('recover did not find graph-damaged'),
      expect.stringContaining('alma.32.21'),
    ]),
  );
});
