import { expect, test } from 'vitest';
import type { ReadRecord } from './read.record.ts';
import type { TargetInputs } from './target.inputs.ts';
import { type Repository, undeclaredReads } from './undeclared.reads.ts';

const repository: Repository = {
  files: new Set([
    'docs/guide.md',
    'packages/a/src/a.ts',
    'packages/a/src/a.test.ts',
    'packages/b/src/b.ts',
    'services/one/migrations/1.sql',
    'services/two/migrations/1.sql',
  ]),
  outputs: ['packages/a/dist', 'services/one/dist', 'services/two/dist'],
};
const inputs: TargetInputs = {
  project: 'a',
  projectRoot: 'packages/a',
  files: new Set([
    'packages/a/src/a.ts',
    'packages/a/src/a.test.ts',
    'services/one/migrations/1.sql',
  ]),
  outputs: ['services/one/dist'],
};
const record = (more: Partial<ReadRecord>): ReadRecord => ({
  folders: [],
  trees: [],
  ...more,
  files: ['packages/a/src/a.test.ts', ...(more.files ?? [])],
});
const fault = (path: string) => [`reads ${path}, which its inputs do not name`];

test.each<[string, Partial<ReadRecord>, readonly string[]]>([
  ['a declared file', { files: ['services/one/migrations/1.sql'] }, []],
  ['a file that git ignores', { files: ['.gl/logs/content.log'] }, []],
  ['a folder of declared files', { folders: ['services/one/migrations', 'packages/a/src'] }, []],
  ['a tree of declared files', { trees: ['services/one'] }, []],
  ['the output of a target that it depends on', { files: ['services/one/dist/main.js'] }, []],
  ['its own output', { files: ['packages/a/dist/main.js'] }, []],
  ['a file of another project', { files: ['packages/b/src/b.ts'] }, fault('packages/b/src/b.ts')],
  ['a file of no project', { files: ['docs/guide.md'] }, fault('docs/guide.md')],
  ['a folder with another file', { folders: ['docs'] }, fault('docs')],
  ['a folder with another folder', { folders: ['services'] }, fault('services')],
  ['the whole repository', { folders: [''] }, fault('.')],
  ['a tree with another file', { trees: ['services'] }, fault('services')],
  [
    'the output of a target that it does not depend on',
    { files: ['services/two/dist/main.js'] },
    fault('services/two/dist/main.js'),
  ],
])('%s', (_, more, faults) => {
  expect(undeclaredReads(record(more), inputs, repository)).toEqual(faults);
});

test.each<[string, ReadRecord]>([
  ['no reads', { files: [], folders: [], trees: [] }],
  ['reads of other projects only', { files: ['packages/b/src/b.ts'], folders: [], trees: [] }],
])('a record of %s is refused: nothing was recorded', (_, empty) => {
  expect(undeclaredReads(empty, inputs, repository)).toEqual([
    'recorded no read of its own files, so nothing was checked',
  ]);
});
