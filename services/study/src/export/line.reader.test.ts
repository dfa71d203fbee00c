import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { LineReader } from './line.reader.ts';

const limits = { bytes: 100, line: 20 };

async function* stream(...chunks: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

async function linesOf(reader: LineReader): Promise<string[]> {
  return Array.fromAsync(reader.lines());
}

it.each([
  [[''], []],
  [['a\nb\n'], ['a', 'b']],
  [['a\nb'], ['a', 'b']],
  [['a\n\nb\n'], ['a', '', 'b']],
  [
    ['ab', 'c\nd', '\n'],
    ['abc', 'd'],
  ],
  [[Buffer.from('é🌱\n').subarray(0, 3), Buffer.from('é🌱\n').subarray(3)], ['é🌱']],
  [['\ufeffa\n'], ['\ufeffa']],
])('cuts %j into %j', async (chunks, lines) => {
  expect(await linesOf(new LineReader(stream(...chunks), limits))).toEqual(lines);
});

it.each([
  ['too many bytes', ['a\n'.repeat(60)], 'body-too-large'],
  ['too long a line', ['a'.repeat(15), 'a'.repeat(15)], 'body-too-large'],
  ['bytes that are no text', [Buffer.from([0xff, 0x0a])], 'invalid-input'],
  ['half a character', [Buffer.from('🌱').subarray(0, 2)], 'invalid-input'],
])('refuses %s', async (_name, chunks, code) => {
  await expect(linesOf(new LineReader(stream(...chunks), limits))).rejects.toMatchObject({ code });
});

it('takes the fingerprint of everything, read or not', async () => {
  const expected = createHash('sha256').update('a\nb\nc').digest();
  const unread = new LineReader(stream('a\n', 'b\n', 'c'), limits);
  expect(await unread.fingerprint()).toEqual(expected);
  const read = new LineReader(stream('a\n', 'b\n', 'c'), limits);
  await linesOf(read);
  expect(await read.fingerprint()).toEqual(expected);
});
