import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { mostLines, nameFault } from './file.names.ts';

const root = resolve(import.meta.dirname, '../../..');
const sources = execFileSync('git', ['-C', root, 'ls-files', '-z', '*.ts', '*.tsx', '*.css'], {
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path !== '');

test('source files are named <noun>.<role>.ts, and helpers of tests live in testing/', () => {
  expect(sources.length).toBeGreaterThan(500);
  expect(sources.filter((path) => nameFault(path) !== undefined)).toEqual([]);
});

test(`no source file has more than ${mostLines} lines`, () => {
  const long = sources.filter(
    (path) => readFileSync(join(root, path), 'utf8').split('\n').length - 1 > mostLines,
  );
  expect(long).toEqual([]);
});

test.each([
  'services/study/src/main.ts',
  'services/study/src/notes/note.repository.ts',
  'services/study/src/notes/note.search.int.test.ts',
  'services/content/src/study-map/study-map.routes.ts',
  'services/gateway/src/testing/raw.client.ts',
  'apps/reader/src/chapter/use.chapter.keys.ts',
  'apps/reader/src/account/form/form.css',
  'vitest.int.config.ts',
])('%s is a good name', (path) => {
  expect(nameFault(path)).toBeUndefined();
});

test.each([
  ['services/content/src/in.turns.ts', '"in" names neither'],
  ['apps/gl/src/recover/look.around.ts', '"around" names neither'],
  ['services/content/src/study-map/study-map.turns.ts', '"turns" names neither'],
  ['apps/gl/src/commands/db.backup.command.ts', 'more than a noun and a role'],
  ['services/study/src/noteSearch.ts', 'not kebab-case'],
  ['services/study/src/note_search.service.ts', 'not kebab-case'],
  ['services/study/src/test/study.world.ts', 'testing/'],
])('%s is refused: %s', (path, fault) => {
  expect(nameFault(path)).toContain(fault);
});
