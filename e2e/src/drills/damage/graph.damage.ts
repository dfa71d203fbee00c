import { keys } from '@gospelib/graph';
import type { Stack } from '../stack/stack.ts';

/** The same in the second copy, where there is one: nothing of this version is left to stand in. */
export async function inBothCopies(stack: Stack, statement: string): Promise<void> {
  await stack.cypher(statement);
  if (await hasSpare(stack)) await stack.cypher(statement, keys.replica(stack.version));
}

export async function removeGraph(stack: Stack): Promise<void> {
  const spare = await hasSpare(stack);
  await stack.graph((store) => store.send(['GRAPH.DELETE', keys.graph(stack.version)]));
  if (spare)
    await stack.graph((store) => store.send(['GRAPH.DELETE', keys.replica(stack.version)]));
}

async function hasSpare(stack: Stack): Promise<boolean> {
  return (await stack.graph((store) => store.send(['EXISTS', keys.replica(stack.version)]))) === 1;
}

/** Asks the store itself, past everything that checks it. */
export async function expectCounts(
  stack: Stack,
  wanted: readonly (readonly [cypher: string, expected: number])[],
): Promise<string[]> {
  const faults: string[] = [];
  for (const [cypher, expected] of wanted) {
    const found = await count(stack, cypher).catch((error: Error) => error.message);
    if (found !== expected) faults.push(`${cypher} gives ${found} instead of ${expected}.`);
  }
  const active = await stack.graph((store) => store.send(['GET', keys.active]));
  if (active !== stack.version) faults.push(`The pointer names ${active}, not ${stack.version}.`);
  return faults;
}

async function count(stack: Stack, cypher: string): Promise<number> {
  const reply = (await stack.cypher(cypher)) as [unknown, [[number]]];
  return Number(reply[1][0][0]);
}
