import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { buildProgram } from './program.ts';

const root = resolve(import.meta.dirname, '../../..');
const guides = resolve(root, 'docs/operations');

/** The lines of a guide’s shell blocks that call gl, without comments. */
function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block);
  return blocks
    .flatMap((block) => block.split('\n'))
    .map((line) => line.replace(/\s+#.*/, '').trim())
    .filter((line) => line.startsWith('./gl '));
}

/** What is wrong with a command line: a verb, a flag or an argument that gl does not have. */
function faultOf(program: Command, line: string): string | undefined {
  const words = (line.match(/"[^"]*"|\S+/g) ?? []).slice(1);
  // The launcher's own: it runs a program in the workspace's Node.
  if (words[0] === 'exec') {
    const file = words.find((word) => word.endsWith('.ts'));
    return file && existsSync(resolve(root, file)) ? undefined : `${line}: there is no such file`;
  }
  let command = program;
  const rest: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const option = [...command.options, ...program.options].find(
      ({ long, short }) => word === long || word === short,
    );
    if (option !== undefined) index += option.required ? 1 : 0;
    else if (word.startsWith('-')) return `${line}: there is no ${word}`;
    else {
      const below = rest.length === 0 && command.commands.find((one) => one.name() === word);
      if (below) command = below;
      else rest.push(word);
    }
  }
  if (command === program || command.commands.length > 0) return `${line}: there is no such verb`;
  const { registeredArguments: taken } = command;
  const tooMany = rest.length > taken.length && !taken.at(-1)?.variadic;
  const tooFew = rest.length < taken.filter(({ required }) => required).length;
  return tooMany || tooFew ? `${line}: it takes other arguments` : undefined;
}

const program = await buildProgram(['completion'], () => {});

test.each([
  'deployment',
  'infrastructure',
  'staging',
  'images',
  'graph',
  'database',
  'rollback',
  'ci-cd',
  'production',
])('gl has every command that the guide %s shows', (name) => {
  const lines = commandsOf(readFileSync(resolve(guides, `${name}.md`), 'utf8'));
  if (name === 'staging') expect(lines.length).toBeGreaterThan(12);
  expect(lines.flatMap((line) => faultOf(program, line) ?? [])).toEqual([]);
});

test('gl has every command that a workflow calls', () => {
  const folder = resolve(guides, '../../.github/workflows');
  const texts = readdirSync(folder).map((file) => readFileSync(resolve(folder, file), 'utf8'));
  const lines = texts.flatMap((text) => text.match(/\.\/gl (?!exec)[^&|\n]+/g) ?? []);
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.flatMap((line) => faultOf(program, line.trim()) ?? [])).toEqual([]);
});

test.each([
  ['./gl shine', 'no such verb'],
  ['./gl graph', 'no such verb'],
  ['./gl --env staging status --loud', 'no --loud'],
  ['./gl db restore', 'other arguments'],
  ['./gl down now', 'other arguments'],
])('%s would be refused', (line, why) => {
  expect(faultOf(program, line)).toContain(why);
});
