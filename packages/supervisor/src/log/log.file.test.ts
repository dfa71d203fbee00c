import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFile } from './log.file.ts';
import { Tail } from './log.tail.ts';

let folder: string;
let log: LogFile;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gospelib-log-'));
  log = new LogFile(join(folder, 'logs/part.log'), 200);
});
afterEach(() => {
  log.close();
  rmSync(folder, { recursive: true, force: true });
});

function childWrites(text: string): void {
  spawnSync('sh', ['-c', `printf '%s' '${text}'`], { stdio: ['ignore', log.fd, log.fd] });
}

test('the tail shows the present run only', () => {
  log.writeLine('before');
  log.mark();
  expect(log.tail(5)).toEqual(['']);
  childWrites('one\ntwo\nthree\n');
  expect(log.tail(2)).toEqual(['two', 'three']);
  expect(log.tail(9)).toEqual(['one', 'two', 'three']);
});

test('a large log is kept once and cut, and the child that holds it open writes on', () => {
  log.rotateIfLarge();
  childWrites(`${'x'.repeat(300)}\n`);
  log.rotateIfLarge();
  childWrites('after\n');
  expect(readFileSync(log.file, 'utf8')).toBe('after\n');
  expect(readFileSync(`${log.file}.1`, 'utf8')).toHaveLength(301);
  expect(log.tail(3)).toEqual(['after']);
});

test('a reader follows: the last lines, then new whole ones, across a cut', () => {
  const seen: string[] = [];
  const tail = new Tail(log.file, (line) => seen.push(line));
  childWrites('one\ntwo\nthree\n');
  tail.printLast(2);
  childWrites('four\nhal');
  tail.printNew();
  childWrites('f\n');
  tail.printNew();
  expect(seen).toEqual(['two', 'three', 'four', 'half']);
  childWrites('y'.repeat(300));
  tail.printNew();
  log.rotateIfLarge();
  childWrites('\nafter\n');
  tail.printNew();
  expect(seen.at(-1)).toBe('after');
});

test('a log that is not there has no lines', () => {
  const seen: string[] = [];
  new Tail(join(folder, 'none.log'), (line) => seen.push(line)).printLast(5);
  expect(seen).toEqual([]);
});
