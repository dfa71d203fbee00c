import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { scratchFolder } from '@gospelib/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planBuild } from '../build/image.build.ts';
import { inputsOf } from './image.inputs.ts';
import { fixtureImages, type Image } from './image.list.ts';
import { affectedImages, revisionOf } from './image.revision.ts';

const root = mkdtempSync(join(tmpdir(), 'delivery-'));
afterAll(() => rmSync(root, { recursive: true }));
const image = (name: string, folder: string): Image => ({
  name,
  does: name,
  target: 'service',
  folders: [folder],
});
const content = image('content', 'services/content');
const study = image('study', 'services/study');

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', ['-C', root, ...identity, ...args], { encoding: 'utf8' }).trim();
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function commit(path: string, text: string): string {
  write(path, text);
  git('add', '-A');
  git('commit', '-qm', path);
  return git('rev-parse', 'HEAD');
}

function project(folder: string, on: readonly string[], onlyTests: readonly string[] = []): void {
  const all = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [`@t/${name}`, 'workspace:*']));
  const name = `@t/${folder.split('/')[1] ?? folder}`;
  const manifest = { name, dependencies: all(on), devDependencies: all(onlyTests) };
  write(`${folder}/package.json`, JSON.stringify(manifest));
}

let first: string;

beforeAll(() => {
  git('init', '-q', '-b', 'main');
  mkdirSync(join(root, 'apps'));
  project('services/content', ['kit'], ['testkit']);
  project('services/study', []);
  project('packages/kit', ['base']);
  project('packages/base', []);
  project('packages/testkit', []);
  first = commit('README.md', 'one');
});

test('the inputs are what a project stands on, far and near, and not what its tests stand on', () => {
  expect(inputsOf(root, content)).toEqual(
    expect.arrayContaining(['services/content', 'packages/kit', 'packages/base', 'pnpm-lock.yaml']),
  );
  expect(inputsOf(root, content)).not.toContain('packages/testkit');
  expect(inputsOf(root, study)).not.toContain('packages/kit');
});

test('the revision is the last commit that changed an input; others leave it', async () => {
  const base = commit('packages/base/src/index.ts', 'export const a = 1;');
  expect(await revisionOf(root, content)).toEqual({ commit: base, changed: false });
  expect((await revisionOf(root, study)).commit).toBe(first);

  commit('services/content/src/app.test.ts', 'test');
  commit('services/content/src/testing/world.ts', 'world');
  commit('packages/testkit/src/index.ts', 'kit');
  commit('docs/page.md', 'page');
  expect((await revisionOf(root, content)).commit).toBe(base);
  expect(await affectedImages(root, [content, study], base)).toEqual([]);
  expect(await affectedImages(root, [content, study], first)).toEqual([content]);

  const lock = commit('pnpm-lock.yaml', 'lock');
  expect((await revisionOf(root, study)).commit).toBe(lock);
  expect(await affectedImages(root, [content, study], base)).toEqual([content, study]);
});

test('what is not committed is told, affects, and is not pushed', async () => {
  const head = git('rev-parse', 'HEAD');
  write('services/study/src/new.ts', 'new');
  expect((await revisionOf(root, study)).changed).toBe(true);
  expect((await revisionOf(root, content)).changed).toBe(false);
  expect(await affectedImages(root, [content, study], head)).toEqual([study]);
  const registry = { address: 'localhost:5000/g', tag: 't', insecure: true };
  await expect(planBuild(root, [content, study], registry)).rejects.toThrow(
    'Not committed yet: what study would be made from',
  );
  expect((await planBuild(root, [content], registry)).images).toHaveLength(1);
});

test('a base that is not there is refused, never guessed', async () => {
  await expect(affectedImages(root, [content], 'origin/nowhere')).rejects.toThrow(
    'There is no commit origin/nowhere in this clone',
  );
});

test('a shallow clone is refused: its history does not tell', async () => {
  const clone = join(scratchFolder(), 'clone');
  execFileSync('git', ['clone', '-q', '--depth=1', `file://${root}`, clone]);
  await expect(revisionOf(clone, study)).rejects.toThrow('This clone is shallow');
});

test('the stores that stand for managed ones are made from their own folder, and change no other image', async () => {
  commit('README.md', 'with what the tests before left');
  const before = await revisionOf(root, study);
  const changed = commit('infra/docker/fixtures/Dockerfile', 'FROM x');
  const fixture = fixtureImages[0] as Image;
  expect(await revisionOf(root, fixture)).toEqual({ commit: changed, changed: false });
  expect(await revisionOf(root, study)).toEqual(before);
  expect(
    (await affectedImages(root, [study, fixture], `${changed}~1`)).map(({ name }) => name),
  ).toEqual(['fixture-postgresql']);
});
