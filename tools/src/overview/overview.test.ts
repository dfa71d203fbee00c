import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/operations/README.md'), 'utf8');

/** Rows of the tables that hold what the overview says. */
const rows = page
  .slice(page.indexOf('## What the Operations Overview says'))
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| it says'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, says = '', proof = '']) => ({ says, proof }));

test('every sentence of the overview names what proves it, or says that nothing does', () => {
  expect(rows.length).toBeGreaterThan(25);
  const silent = rows.filter(({ proof }) => !proof.includes('`') && !/^unproven\b/.test(proof));
  expect(silent).toEqual([]);
});

test('what is named as a proof is there', () => {
  const named = rows.flatMap(({ proof }) =>
    [...proof.matchAll(/`([a-z][^` ]*\/[^` ]+)`/g)].map(([, path = '']) => path),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('every guide is on the page', () => {
  for (const name of [
    'ci-cd',
    'deployment',
    'staging',
    'production',
    'observability',
    'rollback',
    'infrastructure',
  ]) {
    expect(page).toContain(`(${name}.md)`);
  }
});
