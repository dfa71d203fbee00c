import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Makes an image of nothing but this Node and the libraries it is linked with, for stand-ins, and pushes it through the
 * registry's API: the tests need neither Docker nor a registry of others. Returns its reference, by digest.
 */
export async function pushNodeImage(registry: string): Promise<string> {
  const layer = packNode();
  const config = JSON.stringify({
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: { Entrypoint: ['/bin/node'], User: '65532' },
    rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
  });
  const repository = `http://${registry}/v2/gospelib-stand-in`;
  await pushBlob(repository, layer);
  await pushBlob(repository, Buffer.from(config));
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType,
    config: describe('application/vnd.oci.image.config.v1+json', Buffer.from(config)),
    layers: [describe('application/vnd.oci.image.layer.v1.tar', layer)],
  });
  const digest = digestOf(Buffer.from(manifest));
  const answer = await fetch(`${repository}/manifests/${digest}`, {
    method: 'PUT',
    body: manifest,
    headers: { 'content-type': mediaType },
  });
  if (!answer.ok) throw new Error(`The registry refused the image: ${await answer.text()}`);
  return `${registry}/gospelib-stand-in@${digest}`;
}

/** The same bytes for the same Node: an image that was pushed before is found again. */
function packNode(): Buffer {
  const root = mkdtempSync(join(tmpdir(), 'gospelib-image-'));
  try {
    const node = realpathSync(process.execPath);
    const linked = execFileSync('ldd', [node], { encoding: 'utf8' });
    const libraries = [...linked.matchAll(/(\/\S+\.so\S*)/g)].map(([, path = '']) => path);
    mkdirSync(join(root, 'bin'));
    copyFileSync(node, join(root, 'bin/node'));
    for (const path of libraries) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      copyFileSync(path, join(root, path));
    }
    const same = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
    execFileSync('tar', ['-cf', `${root}.tar`, ...same, '-C', root, '.']);
    return readFileSync(`${root}.tar`);
  } finally {
    rmSync(root, { recursive: true, force: true });
    rmSync(`${root}.tar`, { force: true });
  }
}

async function pushBlob(repository: string, content: Buffer): Promise<void> {
  const digest = digestOf(content);
  if ((await fetch(`${repository}/blobs/${digest}`, { method: 'HEAD' })).ok) return;
  const begun = await fetch(`${repository}/blobs/uploads/`, { method: 'POST' });
  const place = new URL(begun.headers.get('location') ?? '', repository);
  place.searchParams.set('digest', digest);
  const answer = await fetch(place, { method: 'PUT', body: new Uint8Array(content) });
  if (!answer.ok) throw new Error(`The registry refused a layer: ${await answer.text()}`);
}

function describe(mediaType: string, content: Buffer) {
  return { mediaType, digest: digestOf(content), size: content.length };
}

function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
