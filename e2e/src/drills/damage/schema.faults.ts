import { schemaSource } from '@gospelib/data-ops';
import { compareShape, migrationStatus } from '@gospelib/database';
import type { Stack } from '../stack/stack.ts';

/** What is not as the migrations of this release make it, in the schema of study. */
export async function schemaFaults(stack: Stack): Promise<string[]> {
  const target = {
    ...(await schemaSource(stack.environment, 'study')),
    url: await stack.environment.storeAddress('postgresql'),
  };
  const states = await migrationStatus(target);
  const lost = await compareShape(target);
  return [
    ...states
      .filter(({ state }) => state !== 'applied')
      .map(({ name, state }) => `The migration ${name} is ${state}.`),
    ...lost.map(({ says }) => `${says}.`),
  ];
}
