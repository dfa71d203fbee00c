import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MigrationError } from './migration.error.ts';
import { type MigrationHeader, parseHeader } from './migration.header.ts';

/** One step of a schema, from its two files. */
export interface Migration extends MigrationHeader {
  /** `<n>_<name>`, n with leading zeros: both its order and its identity. */
  name: string;
  up: string;
  /** Undefined when it is irreversible. */
  down?: string;
}

const fileName = /^(\d{4}_[a-z0-9_]+)\.(up|down)\.sql$/;

/**
 * The folder of a service's migrations: `migrations` beside `src`, or beside the bundle that the build makes.
 * @param program `import.meta.url` of `src/migrate.main.ts`, or of `dist/migrate.js` made from it
 */
export function migrationsFolder(program: string): string {
  const isSource = program.endsWith('.ts');
  return fileURLToPath(new URL(isSource ? '../migrations' : 'migrations', program));
}

/**
 * The migrations of a folder in order: `0001_name.up.sql` with its header, and `0001_name.down.sql`.
 * @throws MigrationError naming every fault of every file
 */
export function readMigrations(folder: string): Migration[] {
  const faults: string[] = [];
  const files = new Map<string, { up?: string; down?: string }>();
  for (const file of readdirSync(folder).sort()) {
    const [, name, direction] = fileName.exec(file) ?? [];
    if (name === undefined) {
      faults.push(`${file} is not named <four digits>_<name>.up.sql or .down.sql.`);
      continue;
    }
    const pair = files.get(name) ?? {};
    pair[direction === 'up' ? 'up' : 'down'] = readFileSync(join(folder, file), 'utf8');
    files.set(name, pair);
  }
  const migrations: Migration[] = [];
  for (const [name, { up, down }] of files) {
    try {
      migrations.push(assemble(name, up, down));
    } catch (error) {
      faults.push((error as Error).message);
    }
  }
  for (const [index, { name }] of migrations.entries()) {
    if (name.slice(0, 4) === migrations[index + 1]?.name.slice(0, 4)) {
      faults.push(`Two migrations have the number ${name.slice(0, 4)}.`);
    }
  }
  if (faults.length > 0) throw new MigrationError(faults.join('\n'));
  return migrations;
}

function assemble(name: string, up: string | undefined, down: string | undefined): Migration {
  if (up === undefined) throw new MigrationError(`Migration ${name} has no .up.sql.`);
  const header = parseHeader(name, up);
  if (header.reversible && down === undefined) {
    throw new MigrationError(`Migration ${name} says it is reversible, but has no .down.sql.`);
  }
  if (!header.reversible && down !== undefined) {
    throw new MigrationError(`Migration ${name} says it is not reversible, but has a .down.sql.`);
  }
  return { name, up, ...header, ...(down !== undefined && { down }) };
}
