import type { TestProject } from 'vitest/node';
import { generousEnvironment } from './generous.environment.ts';
import { type Place, startPlatform } from './platform.ts';

declare module 'vitest' {
  interface ProvidedContext {
    place: Place;
  }
}

/** Starts the platform once for the whole run, ingest of the real corpus included. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const platform = await startPlatform({ env: generousEnvironment });
  project.provide('place', platform.place);
  return () => platform.stop();
}
