import { platform } from '@gospelib/platform';
import { scratchFolder } from '@gospelib/testkit';
import { expect, test } from 'vitest';
import { renderBake } from '../image/bake.file.ts';
import { listImages } from '../image/image.list.ts';
import { requireTools } from './docker.tools.ts';
import { type BuildPlan, bakeCommand } from './image.build.ts';
import { ownBytes, sharedLayers } from './image.layout.ts';

const plan: BuildPlan = {
  images: listImages(platform)
    .filter(({ name }) => ['content', 'study'].includes(name))
    .map((image) => ({ image, revision: { commit: 'abc', changed: image.name === 'study' } })),
};

test('a bake has a target for everything in the catalogue, on bases that are pinned by digest', () => {
  const bake = renderBake(platform);
  for (const name of [...Object.keys(platform.services), ...Object.keys(platform.jobs), 'ops']) {
    expect(bake).toContain(`\ntarget "${name}" {`);
  }
  expect(bake.match(/docker-image:\/\/\S+@sha256:[0-9a-f]{64}"/g)).toHaveLength(2);
  expect(bake.match(/docker-image:/g)).toHaveLength(2);
});

test('a build stays on the machine, and says of which commit each image is', () => {
  const { args, env } = bakeCommand('/clone', {}, plan, '/clone/.gl/m.json');
  expect(args).toContain('--provenance=false');
  expect(args.slice(-2)).toEqual(['content', 'study']);
  expect(args.filter((arg) => arg.includes('.output='))).toEqual([
    expect.stringMatching(/^content\.output=type=oci,.*rewrite-timestamp=true/),
    expect.stringMatching(/^study\.output=type=oci,.*rewrite-timestamp=true/),
  ]);
  expect(env).toMatchObject({ CONTENT_REVISION: 'abc', STUDY_REVISION: 'abc-changed' });
});

test('what is loaded into Docker is named as Compose asks for it', () => {
  const { args, env } = bakeCommand('/clone', {}, { ...plan, load: true }, '/m.json');
  expect(args).toContain('content.output=type=docker');
  expect([env.REGISTRY, env.TAG]).toEqual([undefined, undefined]);
});

test('a push differs in where it goes alone', () => {
  const registry = { address: 'r.example/g', tag: 'v1', insecure: false };
  const { args, env } = bakeCommand('/clone', {}, { ...plan, registry }, '/m.json');
  const here = bakeCommand('/clone', {}, plan, '/m.json').args;
  const how = (arg: string) => arg.replace(/^[^,]*(,tar=false,dest=[^,]*|,push=true)/, '');
  expect(args.map(how)).toEqual(here.map(how));
  expect(args.join(' ')).toContain('content.output=type=image,push=true,');
  expect(args.join(' ')).not.toContain('insecure');
  expect(env).toMatchObject({ REGISTRY: 'r.example/g', TAG: 'v1' });
});

test('base and Node are no part of an image’s own size', () => {
  const layer = (digest: string, size: number) => ({ digest, size });
  const base = layer('base', 100);
  const one = { digest: '1', revision: 'r', layers: [base, layer('one', 5)] };
  const two = { digest: '2', revision: 'r', layers: [base, layer('two', 7)] };
  expect(ownBytes(two, sharedLayers([one, two]))).toBe(7);
});

test('without Docker it says what is missing and how to get it', async () => {
  await expect(requireTools('/', { PATH: scratchFolder() })).rejects.toThrow(
    /docker buildx does not work here(.|\n)*No image was built\.\nInstall Docker/,
  );
});
