import type { TestProject } from 'vitest/node';
import { type Place, startPlatform } from './platform.ts';

declare module 'vitest' {
  interface ProvidedContext {
    place: Place;
  }
}

/** Starts a platform and tells the tests where it is. @returns ends it */
export async function provided(
  project: TestProject,
  env: NodeJS.ProcessEnv,
): Promise<() => Promise<void>> {
  const platform = await startPlatform({ env });
  project.provide('place', platform.place);
  return () => platform.stop();
}
