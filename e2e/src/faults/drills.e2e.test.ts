import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readLocalConfig } from '@gospelib/supervisor';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { drills } from '../drills/drill.catalogue.ts';
import { type Load, runDrill } from '../drills/drill.run.ts';
import type { Drill } from '../drills/drill.ts';
import { openAccount } from '../drills/load/account.ts';
import { learnRightAnswers } from '../drills/load/readers.ts';
import { expectOk, openStack, type Stack } from '../drills/stack/stack.ts';
import { repository } from '../platform.ts';

let stack: Stack;
let load: Load;

beforeAll(async () => {
  const { data, portBase, env } = inject('place');
  const config = readLocalConfig(
    repository,
    { data, portBase: String(portBase) },
    { ...process.env, ...env },
  );
  stack = await openStack(config);
  load = {
    right: await learnRightAnswers(stack.origin),
    account: await openAccount(stack.config),
  };
});
/** The last test leaves its damage to whoever can see it. */
afterAll(async () => {
  delete stack.config.env.NODE_OPTIONS;
  await expectOk(stack.gl(['recover', '--execute']));
});

const altered = drills.find(({ name }) => name === 'texts-altered') as Drill;

/** Whether what is promised is kept is for a quiet machine: `./gl drill all`. */
const untimed = { timed: false };

/** One drill, for the frame; the others take minutes and are `./gl test --only drills`. */
test('an altered text: found, mended, nothing wrong once it is known, nothing lost', async () => {
  const { faults, reads, writes } = await runDrill(altered, stack, load, untimed);
  expect(faults).toEqual([]);
  expect(reads.all).toBeGreaterThan(20);
  expect(writes.acknowledged).toBeGreaterThan(5);
});

test('a verification that is blind makes the drill fail', async () => {
  const blind = pathToFileURL(join(import.meta.dirname, '../drills/testing/blind.verify.ts'));
  stack.config.env.NODE_OPTIONS = `--import=${blind.href}`;
  const { faults } = await runDrill(altered, stack, load, untimed);
  expect(faults).toEqual(
    expect.arrayContaining([
      expect.stringContaining('recover did not find graph-damaged'),
      expect.stringContaining('alma.32.21'),
    ]),
  );
});
