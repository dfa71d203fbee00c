import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { platform } from '@gospelib/platform';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listImages } from '../image/image.list.ts';
import { record } from '../testing/image.figures.ts';
import { noBuilder, root } from '../testing/image.lane.ts';
import { requireTools } from './docker.tools.ts';
import { build, planBuild } from './image.build.ts';
import { layoutFolder, ownBytes, readLayout, sharedLayers } from './image.layout.ts';

/** What can be called by hand in an image, and should not be there. */
const TOOLS =
  /(^|\/)s?bin\/(\w*sh|busybox|env|perl|python[\d.]*|curl|wget|apt[\w-]*|dpkg[\w-]*|apk|npm|npx|pnpm|corepack|yarn)$/;
const OWN_BYTES = 15e6;

if (noBuilder) console.warn(`SKIPPED: building images twice ${noBuilder}.`);

/** A build takes two minutes on two quiet cores, and many on busy ones. */
const BUILD_MS = 900_000;

describe.skipIf(noBuilder)(`images of two clones (${noBuilder ?? 'with a builder'})`, () => {
  let folder: string;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const images = listImages(platform);
  const names = images.map(({ name }) => name);

  /** A clone of what is committed, under its maker's umask. */
  function clone(name: string, umask: string): string {
    const to = join(folder, name);
    execFileSync('sh', ['-c', `umask ${umask}; exec git clone -q "$0" "$1"`, root, to]);
    return to;
  }

  async function buildImages(
    from: string,
    fresh: boolean,
    chosen = images,
  ): Promise<[Record<string, string>, number]> {
    const plan = { ...(await planBuild(from, chosen)), fresh };
    const start = performance.now();
    const { signal } = new AbortController();
    const digests = await build(from, process.env, plan, () => {}, signal);
    const seconds = (performance.now() - start) / 1000;
    return [Object.fromEntries(digests), seconds];
  }

  let first: string;
  let digests: Record<string, string>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gospelib-clones-'));
    await requireTools(root, process.env);
    first = clone('first', '022');
    [digests] = await buildImages(first, false);
  }, BUILD_MS);

  test('a clone made at another time by somebody with another umask gives every digest again', {
    timeout: BUILD_MS,
  }, async () => {
    const [again, seconds] = await buildImages(clone('second', '077'), true);
    const target = { most: 180 };
    record('all images built without any cache', { value: seconds, unit: 's', target });
    expect(Object.keys(again).sort()).toEqual([...names].sort());
    expect(again).toEqual(digests);
  });

  test('a service’s own layers are small, and no image has a shell or a package manager but ops its shell', () => {
    const layouts = names.map((name) => [name, readLayout(layoutFolder(first, name))] as const);
    const built = layouts.flatMap(([, layout]) => (layout === undefined ? [] : [layout]));
    const shared = sharedLayers(built);
    expect(built).toHaveLength(names.length);
    for (const [name, layout] of layouts) {
      if (layout === undefined) continue;
      const bytes = ownBytes(layout, shared);
      const isService = name in platform.services;
      record(`${name}: its own layers, without base and Node`, {
        value: bytes / 1e6,
        unit: 'MB',
        ...(isService && { target: { most: OWN_BYTES / 1e6 } }),
      });
      if (isService) expect([name, bytes < OWN_BYTES]).toEqual([name, true]);
      const files = layout.layers.flatMap(({ digest }) =>
        filesOf(join(layoutFolder(first, name), 'blobs', digest.replace(':', '/'))),
      );
      expect(files.length).toBeGreaterThan(10);
      const tools = files.filter((file) => TOOLS.test(file));
      expect([name, tools]).toEqual([
        name,
        name === 'ops' ? [expect.stringMatching(/bin\/sh$/)] : [],
      ]);
    }
  });

  test('one service changed: its digest is another, every other image keeps its own', {
    timeout: BUILD_MS,
  }, async () => {
    appendFileSync(join(first, 'services/content/src/main.ts'), "\nconsole.log('changed');\n");
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'commit.gpgsign=false'];
    execFileSync('git', ['-C', first, ...identity, 'commit', '-qam', 'changed']);
    const [, seconds] = await buildImages(
      first,
      false,
      images.filter(({ name }) => name === 'content'),
    );
    record('the image of a changed service built again', {
      value: seconds,
      unit: 's',
      target: { most: 20 },
    });
    const [after] = await buildImages(first, false);
    expect(after.content).not.toBe(digests.content);
    expect({ ...after, content: '' }).toEqual({ ...digests, content: '' });
  });
});

/** Paths in a layer. */
function filesOf(blob: string): string[] {
  const tar = zstdDecompressSync(readFileSync(blob));
  return execFileSync('tar', ['-t'], { input: tar, encoding: 'utf8', maxBuffer: 1 << 28 })
    .split('\n')
    .filter((line) => line !== '');
}
