import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, isAlive, LockedError, ownIdentity } from '@gospelib/processes';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EngineVersionError } from '../store.error.ts';
import { openDataFolder, recordedStore } from './data.folder.ts';

let parent: string;
let path: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'gospelib-data-'));
  path = join(parent, 'store');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

test('the secret is made once, is long, and only its owner can read it', async () => {
  const first = await openDataFolder(path, 'engine 1');
  expect(first.secret).toMatch(/^[\w-]{43}$/);
  expect(statSync(join(path, 'secret')).mode & 0o777).toBe(0o600);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  first.close();
  const second = await openDataFolder(path, 'engine 1');
  expect(second.secret).toBe(first.secret);
  second.close();
});

test('one process at a time', async () => {
  const folder = await openDataFolder(path, 'engine 1');
  await expect(openDataFolder(path, 'engine 1')).rejects.toThrow(LockedError);
  folder.close();
});

test('data of another engine version is not opened, and the folder is let go', async () => {
  (await openDataFolder(path, 'engine 1')).close();
  await expect(openDataFolder(path, 'engine 2')).rejects.toThrow(EngineVersionError);
  (await openDataFolder(path, 'engine 1')).close();
});

test('a store left running by a killed process is ended', async () => {
  (await openDataFolder(path, 'engine 1')).close();
  const orphan = spawn('sleep', ['60']);
  await once(orphan, 'spawn');
  const identity = identify(orphan.pid as number);
  writeFileSync(join(path, 'store.pid.json'), JSON.stringify(identity));
  (await openDataFolder(path, 'engine 1')).close();
  expect(identity && isAlive(identity)).toBe(false);
  expect(recordedStore(path)).toBeUndefined();
});

test('a note that names somebody else now harms nobody', async () => {
  (await openDataFolder(path, 'engine 1')).close();
  const { pid } = ownIdentity();
  writeFileSync(join(path, 'store.pid.json'), JSON.stringify({ pid, started: 'long ago' }));
  (await openDataFolder(path, 'engine 1')).close();
});
