import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { closeDataFolder, makeOwnFolder } from './own.folder.ts';
import { rememberPorts } from './remembered.platform.ts';

let within: string;

beforeEach(() => {
  within = mkdtempSync(join(tmpdir(), 'own-folder-'));
});
afterEach(() => rmSync(within, { recursive: true }));

/** The rights of others to list or to write. */
const openTo = (folder: string): number => statSync(folder).mode & 0o066;

it('makes a folder and what is missing above it for this user only', () => {
  makeOwnFolder(join(within, 'data', 'logs'));
  expect([openTo(join(within, 'data')), openTo(join(within, 'data', 'logs'))]).toEqual([0, 0]);
});

it('closes a data folder that others may list, and leaves every other folder alone', () => {
  chmodSync(within, 0o755);
  closeDataFolder(within);
  expect(openTo(within)).toBe(0o044);
  rememberPorts(within, {});
  closeDataFolder(within);
  expect(openTo(within)).toBe(0);
});
