import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMigrations } from './migration.files.ts';

const head = '-- @reversible yes\n-- @down-loses nothing\n';
const stuck = '-- @reversible no: nothing to go back to\n';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

describe('readMigrations', () => {
  it('reads pairs in their order', () => {
    write({
      '0002_b.up.sql': `${stuck}SELECT 2;`,
      '0001_a.up.sql': `${head}SELECT 1;`,
      '0001_a.down.sql': 'SELECT -1;',
    });
    const migrations = readMigrations(folder);
    expect(migrations.map(({ name, reversible }) => [name, reversible])).toEqual([
      ['0001_a', true],
      ['0002_b', false],
    ]);
    expect(migrations[0]?.down).toBe('SELECT -1;');
    expect(migrations[1]).not.toHaveProperty('down');
  });

  it.each([
    [{ '1_a.up.sql': head }, 'is not named'],
    [{ 'readme.md': '' }, 'is not named'],
    [{ '0001_a.sql': head }, 'is not named'],
    [{ '0001_a.down.sql': '' }, 'has no .up.sql'],
    [{ '0001_a.up.sql': head }, 'has no .down.sql'],
    [{ '0001_a.up.sql': stuck, '0001_a.down.sql': '' }, 'has a .down.sql'],
    [{ '0001_a.up.sql': stuck, '0001_b.up.sql': stuck }, 'the number 0001'],
  ])('refuses %j', (files, fault) => {
    write(files);
    expect(() => readMigrations(folder)).toThrow(fault);
  });

  it('names every fault at once', () => {
    write({ 'x.sql': '', '0001_a.up.sql': '', '0002_b.down.sql': '' });
    expect(() => readMigrations(folder)).toThrow(/x\.sql[\s\S]*0001_a[\s\S]*0002_b/);
  });
});
