import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jobExitCodes } from '@gospelib/platform';
import { scratchFolder } from '@gospelib/testkit';
import { expect, test } from 'vitest';
import { localConfig } from '../testing/repository.ts';
import { ingestFolder, runIngest } from './ingest.job.ts';

/** Runs an ingest that notes its flags and ends with one code after the other. */
async function run(codes: readonly number[], flags?: readonly string[]) {
  const root = scratchFolder();
  const config = { ...localConfig({ data: join(root, 'data') }, { PATH: '/bin' }), root };
  const folder = ingestFolder(config);
  mkdirSync(join(folder, 'dist'), { recursive: true });
  const notes = join(root, 'notes');
  writeFileSync(notes, '');
  writeFileSync(
    join(folder, 'dist/main.js'),
    `const { appendFileSync, readFileSync } = require('node:fs');
     appendFileSync(${JSON.stringify(notes)}, process.argv.slice(2).join(' ') + '\\n');
     const turn = readFileSync(${JSON.stringify(notes)}, 'utf8').split('\\n').length - 2;
     console.error('attempt ' + (turn + 1));
     process.exit(${JSON.stringify(codes)}[turn]);`,
  );
  const said: string[] = [];
  const result = await runIngest(config, 'redis://127.0.0.1:1', {
    started: () => undefined,
    progress: () => undefined,
    log: () => undefined,
    say: (line) => said.push(line),
    signal: new AbortController().signal,
    flags,
  }).then(
    () => 'done',
    ({ message }: Error) => message,
  );
  return { result, said, attempts: readFileSync(notes, 'utf8').trimEnd().split('\n') };
}

const { lockLost } = jobExitCodes;

test('an ingest that lost its lock is tried once more, with the same flags, and says so', async () => {
  const { result, said, attempts } = await run([lockLost, 0], ['--edition', 'full']);
  expect([result, attempts]).toEqual(['done', Array(2).fill('--progress ndjson --edition full')]);
  expect(said).toEqual([expect.stringContaining('tried once more')]);
});

test.each([
  ['one that failed for another reason', [1, 0], 1, 'The ingest failed (exit code 1):\nattempt 1'],
  ['one that lost it twice', [lockLost, lockLost, 0], 2, `(exit code ${lockLost}):\nattempt 2`],
])('%s is not', async (_, codes, attempts, message) => {
  const done = await run(codes);
  expect(done.result).toContain(message);
  expect(done.attempts).toHaveLength(attempts);
});
