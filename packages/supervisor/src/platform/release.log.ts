import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Release } from '@gospelib/environment';
import { z } from 'zod';
import { folders, type LocalConfig } from '../config/local.config.ts';
import { readState, writeState } from '../config/state.file.ts';
import { commitOf } from '../services/git.commit.ts';

const releases = z.array(
  z.object({
    at: z.string(),
    root: z.string(),
    commit: z.string().optional(),
    migrations: z.record(z.string(), z.string()),
    cameUp: z.boolean(),
  }),
);

const KEPT = 20;

/** The newest first; empty when nothing was started on this data yet. @throws OperatorError when it makes no sense */
export function readReleases(config: LocalConfig): Release[] {
  return readState(logFile(config), releases) ?? [];
}

/** The folder of the release that runs, which need not be the one that this command belongs to. */
export function runningRoot(config: LocalConfig): string {
  const root = readReleases(config)[0]?.root;
  return root !== undefined && existsSync(root) ? root : config.root;
}

/**
 * Notes what is being started, before its migrations run: what they break must be known to have come with it.
 * @param migrations the last one of each schema
 */
export function noteRelease(config: LocalConfig, migrations: Release['migrations']): void {
  const before = readReleases(config);
  const { root } = config;
  const at = new Date().toISOString();
  const release: Release = { at, root, commit: commitOf(root), migrations, cameUp: false };
  const last = before[0];
  if (last === undefined || !same(last, release)) write(config, [release, ...before]);
}

/** Notes that what was started last answers. */
export function noteCameUp(config: LocalConfig): void {
  const [last, ...before] = readReleases(config);
  if (last !== undefined && !last.cameUp) write(config, [{ ...last, cameUp: true }, ...before]);
}

function write(config: LocalConfig, list: readonly Release[]): void {
  writeState(logFile(config), list.slice(0, KEPT));
}

function same(a: Release, b: Release): boolean {
  const key = ({ root, commit, migrations }: Release) => JSON.stringify([root, commit, migrations]);
  return key(a) === key(b);
}

function logFile(config: LocalConfig): string {
  return join(folders.run(config), 'releases.json');
}
