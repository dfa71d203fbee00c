import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { workspaceGraph } from '../workspace.graph.ts';
import { checkReads } from './read.check.ts';
import { readRecord } from './read.record.ts';

const root = resolve(import.meta.dirname, '../../..');
const recorder = pathToFileURL(join(import.meta.dirname, 'read.recorder.ts')).href;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gospelib-reads-'));
  writeFileSync(join(folder, 'reads.txt'), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program under the recorder, in the repository; gives what was recorded. */
function recorded(program: string) {
  const script = join(folder, 'program.mjs');
  writeFileSync(script, program);
  spawnSync(process.execPath, [script], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      GOSPELIB_READS: join(folder, 'reads.txt'),
      NODE_OPTIONS: `--import=${recorder}`,
    },
  });
  const { files = [], folders = [], trees = [] } = readRecord(join(folder, 'reads.txt')) ?? {};
  return { files: files.filter((file) => !file.startsWith('tools/src/reads/')), folders, trees };
}

test.each([
  ['readFileSync', "import { readFileSync } from 'node:fs'; readFileSync('LICENSE');"],
  ['readFile', "import { readFile } from 'node:fs/promises'; await readFile('./LICENSE');"],
  ['a callback', "import { readFile } from 'node:fs'; readFile('docs/../LICENSE', () => {});"],
  ['open', "import { open } from 'node:fs/promises'; await (await open('LICENSE')).close();"],
  ['a stream', "import { createReadStream } from 'node:fs'; createReadStream('LICENSE').resume();"],
  [
    'copyFile',
    "import { copyFileSync } from 'node:fs'; copyFileSync('LICENSE', import.meta.filename + '.copy');",
  ],
  ['the default import', "import fs from 'node:fs'; fs.readFileSync('LICENSE');"],
  ['require', "process.getBuiltinModule('fs').readFileSync('LICENSE');"],
  [
    'an address',
    `import { readFileSync } from 'node:fs'; readFileSync(new URL('${pathToFileURL(root)}/LICENSE'));`,
  ],
  [
    'another program that is given it',
    "import { spawn } from 'node:child_process'; spawn('cat', ['LICENSE'], { stdio: 'ignore' });",
  ],
  [
    'a Node process with an environment of its own',
    "import { spawn } from 'node:child_process'; spawn(process.execPath, ['-e', 'fs.readFileSync(`LICENSE`)'], { env: {} });",
  ],
  [
    'a process that is killed at once',
    "import { readFileSync } from 'node:fs'; readFileSync('LICENSE'); process.kill(process.pid, 'SIGKILL');",
  ],
])('a file that is read by %s is recorded', (_, program) => {
  expect(recorded(program).files).toEqual(['LICENSE']);
});

test('modules that Node itself loads are recorded', () => {
  const { files } = recorded(
    `await import('${pathToFileURL(root)}/packages/scripture/src/index.ts')`,
  );
  expect(files).toContain('packages/scripture/src/index.ts');
  expect(files).toContain('packages/scripture/src/canon.ts');
});

test('folders that are listed or copied are recorded, what is written and what lies elsewhere is not', () => {
  const program = `
    import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
    readdirSync('docs');
    cpSync('docs/operations', '${folder}/copy', { recursive: true });
    writeFileSync('${folder}/written', '');
    readFileSync('${folder}/written');`;
  const { folders, trees, files } = recorded(program);
  expect(folders).toContain('docs');
  expect(trees).toEqual(['docs/operations']);
  expect(files.every((file) => file.startsWith('docs/operations/'))).toBe(true);
});

test('a planted read of an undeclared file is refused by name, a target without a record too', async () => {
  const graph = await workspaceGraph();
  const { checked, faults } = await checkReads(root, graph, ['@gospelib/scripture:test'], () => ({
    files: ['packages/scripture/src/canon.test.ts', 'docs/architecture.md'],
    folders: ['docs/operations'],
    trees: [],
  }));
  expect(checked).toBe(1);
  expect(faults).toEqual([
    '@gospelib/scripture:test reads docs/architecture.md, which its inputs do not name',
    '@gospelib/scripture:test reads docs/operations, which its inputs do not name',
  ]);
  expect(await checkReads(root, graph, ['@gospelib/scripture:test'], () => undefined)).toEqual({
    checked: 0,
    faults: ['@gospelib/scripture:test left no record of what its tests read'],
  });
});
