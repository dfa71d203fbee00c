import { cpSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { scratchFolder } from '@gospelib/testkit';
import { expect, it } from 'vitest';
import { imageFiles, imagesIn, pinImages, readUnpinned } from './image.digests.ts';

const root = resolve(import.meta.dirname, '../../../..');
const imagesOf = (folder: string): string[] =>
  imageFiles(folder).flatMap((file) => imagesIn(readFileSync(join(folder, file), 'utf8')));
const pin = /^[\w./-]+:v?\d+\.\d+\.\d+@sha256:[0-9a-f]{64}$/;

it('each image has a tag and a digest, or is in the list of those that lack one', () => {
  const images = new Set(imagesOf(root));
  expect(images.size).toBeGreaterThan(8);
  const loose = [...images].filter((image) => !pin.test(image));
  expect(loose.sort()).toEqual(readUnpinned(root).sort());
});

it('digests are asked for at each registry, and written wherever an image is named', async () => {
  const copy = scratchFolder();
  for (const part of ['infra/observability', 'infra/cluster/telemetry/base'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  const unpinned = readUnpinned(copy);
  expect(unpinned.length).toBeGreaterThan(0);
  const digest = `sha256:${'ab'.repeat(32)}`;
  const server = createServer(({ url = '', headers }, response) => {
    if (url.startsWith('/token')) response.end('{"token": "anybody"}');
    else if (headers.authorization !== 'Bearer anybody') {
      const challenge = `Bearer realm="${origin}/token",service="here",scope="repository:a:pull"`;
      response.writeHead(401, { 'www-authenticate': challenge }).end();
    } else response.writeHead(200, { 'docker-content-digest': digest }).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const hosts = new Set<string>();
  await pinImages(copy, (host) => {
    hosts.add(host);
    return origin;
  });
  server.close();
  expect([...hosts].sort()).toEqual(['registry-1.docker.io', 'registry.k8s.io']);
  expect(readUnpinned(copy)).toEqual([]);
  expect(imagesOf(copy).filter((image) => !pin.test(image))).toEqual([]);
  expect(imagesOf(copy)).toContain(`grafana/alloy:v1.10.2@${digest}`);
});
