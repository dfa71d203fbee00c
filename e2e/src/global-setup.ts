import type { TestProject } from 'vitest/node';
import { installBrowser } from './browser.ts';
import { drillSettings } from './drills/stack/stack.ts';
import { generousEnvironment } from './generous.environment.ts';
import { type Place, startPlatform } from './platform.ts';

declare module 'vitest' {
  interface ProvidedContext {
    place: Place;
  }
}

/** One platform for the whole run, ingest of the real corpus included; tells the tests where it is. @returns ends it */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const installing = installBrowser();
  const platform = await startPlatform({ env: { ...generousEnvironment, ...drillSettings } });
  await installing;
  project.provide('place', platform.place);
  return () => platform.stop();
}
