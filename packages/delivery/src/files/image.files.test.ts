import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { platform } from '@gospelib/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { layOutFiles, SOURCE_DATE_EPOCH } from './image.files.ts';

const root = mkdtempSync(join(tmpdir(), 'delivery-'));
afterAll(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** A clone whose reader has this page, laid out. */
function layOut(out: string, page: string): string {
  write('apps/reader/dist/web/index.html', page);
  const folder = join(root, out);
  layOutFiles(root, folder, platform);
  return folder;
}

beforeAll(() => {
  const { services, jobs } = platform;
  for (const { folder } of [...Object.values(services), ...Object.values(jobs)]) {
    write(`${folder}/dist/main.js`, folder);
    write(`${folder}/dist/main.js.map`, '{}');
    write(`${folder}/migrations/1_first.sql`, 'select 1');
  }
  write('apps/reader/dist/maps/assets/first.js.map', '{}');
  write('apps/reader/dist/web/assets/first.js.map', '{}');
  write('apps/gl/package.json', '{}');
  write('apps/gl/dist/main.js', 'gl');
});

test('each image has its programs without their maps; ops has the verbs and what migrations are', () => {
  const out = layOut('out', 'page');
  for (const name of [...Object.keys(platform.services), 'ingest']) {
    expect([name, existsSync(join(out, name, 'main.js'))]).toEqual([name, true]);
    expect([name, existsSync(join(out, name, 'main.js.map'))]).toEqual([name, false]);
  }
  expect(globSync('**/{*.map,maps}', { cwd: out })).toEqual([]);
  for (const path of [
    'apps/gl/dist/main.js',
    'apps/gl/package.json',
    'services/study/migrations/1_first.sql',
    'services/accounts/dist/main.js',
  ]) {
    expect([path, existsSync(join(out, 'ops', path))]).toEqual([path, true]);
  }
});

test('a date says what is in a file: the same for the same, another for another of equal length', () => {
  const date = (out: string) => statSync(join(out, 'reader/web/index.html')).mtime;
  const [one, again, other] = [layOut('1', 'page 1'), layOut('2', 'page 1'), layOut('3', 'page 2')];
  expect(date(one)).toEqual(date(again));
  expect(date(one)).not.toEqual(date(other));
  expect(date(one).getTime()).toBeLessThan(SOURCE_DATE_EPOCH * 1000);
});

test('a mode says nothing of the clone: files are read by all, whatever its umask was', () => {
  const file = 'services/study/migrations/1_first.sql';
  chmodSync(join(root, file), 0o600);
  chmodSync(join(root, 'services/study/migrations'), 0o700);
  const out = layOut('modes', 'page');
  const mode = (path: string) => statSync(join(out, 'ops', path)).mode & 0o777;
  expect([mode(file), mode('services/study/migrations')]).toEqual([0o644, 0o755]);
});
