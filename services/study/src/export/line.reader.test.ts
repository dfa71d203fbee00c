import { expect, it } from 'vitest';
import { readLines } from './line.reader.ts';

async function* stream(...chunks: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

const linesOf = (...chunks: (string | Uint8Array)[]) =>
  Array.fromAsync(readLines(stream(...chunks), 20));

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
  expect(await linesOf(...chunks)).toEqual(lines);
});

it.each([
  ['too long a line', ['a'.repeat(15), 'a'.repeat(15)], 'body-too-large'],
  ['bytes that are no text', [Buffer.from([0xff, 0x0a])], 'invalid-input'],
  ['half a character', [Buffer.from('🌱').subarray(0, 2)], 'invalid-input'],
])('refuses %s', async (_name, chunks, code) => {
  await expect(linesOf(...chunks)).rejects.toMatchObject({ code });
});
