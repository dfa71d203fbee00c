import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { installBrowser } from '../browser.ts';
import { makeRelease } from '../drills/stack/altered.release.ts';
import { freePorts } from '../free-ports.ts';
import { generousEnvironment } from '../generous.environment.ts';
import { type Place, platformAt, repository } from '../platform.ts';
import { noCompose, pullImages } from './compose.docker.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Seconds from the command until everything was healthy, corpus ingested. */
    composeSeconds: number;
  }
}

/** One platform in containers for the whole run, of a clone whose sources may be changed. @returns ends it */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const data = await mkdtemp(join(tmpdir(), 'gospelib-compose-'));
  const root = join(data, 'clone');
  const place: Place = { data, root, portBase: await freePorts() };
  if (noCompose !== undefined) {
    console.warn(`SKIPPED: the platform by Docker Compose ${noCompose}.`);
    project.provide('place', place);
    project.provide('composeSeconds', 0);
    return () => rm(data, { recursive: true });
  }
  makeRelease(repository, root, { files: {} });
  const settings = Object.entries(generousEnvironment).map(([name, value]) => `${name}=${value}`);
  mkdirSync(join(data, 'compose'));
  writeFileSync(join(data, 'compose/settings.env'), `${settings.join('\n')}\n`);
  const told: Place = { ...place, env: pullImages() };
  const { gl } = platformAt(told);
  const end = async () => {
    await gl('down', '--compose', '--volumes', '--accept-data-loss');
    await rm(data, { recursive: true });
  };
  const installing = installBrowser();
  const start = performance.now();
  try {
    await gl('up', '--compose', '--no-sources');
  } catch (error) {
    await end();
    throw error;
  }
  project.provide('composeSeconds', (performance.now() - start) / 1000);
  await installing;
  project.provide('place', told);
  return end;
}
