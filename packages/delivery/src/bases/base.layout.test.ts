import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '@gospelib/testkit';
import { expect, test } from 'vitest';
import { readLayout } from '../build/image.layout.ts';
import { writeBase } from './base.layout.ts';

const run = async ({ command, args }: { command: string; args: readonly string[] }) =>
  execFileSync(command, args);

function tree(date: number, text = 'text'): string {
  const folder = scratchFolder();
  for (const name of date > 1 ? ['a', 'b'] : ['b', 'a']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'file'), text);
    chmodSync(join(folder, name, 'file'), 0o755);
    utimesSync(join(folder, name, 'file'), date, date);
  }
  return folder;
}

test('the same files give the same base, whenever and in which order they were written', async () => {
  const write = (from: string, to = scratchFolder()) =>
    writeBase(to, { tree: from, env: { PATH: '/bin' } }, run);
  const out = scratchFolder();
  const digest = await write(tree(1), out);
  expect(await write(tree(2))).toBe(digest);
  expect(await write(tree(2, 'other'))).not.toBe(digest);
  expect(readLayout(out)).toMatchObject({ digest, layers: [{ digest: expect.any(String) }] });
});
