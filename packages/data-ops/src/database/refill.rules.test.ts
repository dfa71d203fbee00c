import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lastingTables } from './lasting.tables.ts';
import { refillRules } from './refill.rules.ts';

const services = join(import.meta.dirname, '../../../../services');

function migrationsOf(schema: string): string {
  const folder = join(services, schema, 'migrations');
  const files = readdirSync(folder).filter((name) => name.endsWith('.up.sql'));
  return files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
}

const { empty, deleted, owners = {} } = refillRules;

test.each([...empty, ...Object.keys(owners), deleted?.table ?? '', ...lastingTables])(
  '%s, of which recovery knows by name, is a table that the migrations make',
  (name) => {
    const [schema = '', table] = name.split('.');
    expect(migrationsOf(schema)).toMatch(new RegExp(`CREATE TABLE (${schema}\\.)?${table} \\(`));
  },
);
