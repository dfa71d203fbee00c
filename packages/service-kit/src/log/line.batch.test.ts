import { expect, it } from 'vitest';
import { LineBatch } from './line.batch.ts';

const lines = Array.from(
  { length: 3000 },
  (_, n) => `{"n":${n},"text":"${'ä€𝄞'.repeat(n % 40)}"}\n`,
);

it('hands over every line once, whole and in order, in few pieces', () => {
  const written: string[] = [];
  const batch = new LineBatch((text) => written.push(text));
  const long = `${'x'.repeat(30_000)}€\n`;
  const all = [...lines, long, ...lines];
  for (const line of all) batch.add(line);
  batch.handOver();
  batch.handOver();
  expect(written.join('')).toBe(all.join(''));
  expect(written.every((text) => text.endsWith('\n'))).toBe(true);
  expect(written.length).toBeLessThan(40);
});

it('hands over what is there when it is told to, and nothing twice', () => {
  const written: string[] = [];
  const batch = new LineBatch((text) => written.push(text));
  batch.handOver();
  batch.add('one\n');
  expect(written).toEqual([]);
  batch.handOver();
  batch.add('two\n');
  batch.handOver();
  expect(written).toEqual(['one\n', 'two\n']);
});
