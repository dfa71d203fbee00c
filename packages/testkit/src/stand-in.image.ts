import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What is put into a layer, by its place there. */
export interface LayerContent {
  /** Programs of this machine, with the libraries they are linked with. */
  programs: Readonly<Record<string, string>>;
  /** Scripts, by their text. */
  scripts?: Readonly<Record<string, string>>;
}

export interface ImageSettings {
  repository: string;
  entrypoint: readonly string[];
  user: string;
  /** For manifests that name one; else it is known by its digest alone. */
  tag?: string;
}

/**
 * Makes an image of nothing but this Node and the libraries it is linked with, for stand-ins, and pushes it through the
 * registry's API: the tests need neither Docker nor a registry of others. Returns its reference, by digest.
 */
export function pushNodeImage(registry: string): Promise<string> {
  const layer = packLayer({ programs: { '/bin/node': process.execPath } });
  const settings = { repository: 'gospelib-stand-in', entrypoint: ['/bin/node'], user: '65532' };
  return pushImage(registry, layer, settings);
}

/** The same bytes for the same content: an image that was pushed before is found again. */
export function packLayer({ programs, scripts = {} }: LayerContent): Buffer {
  const root = mkdtempSync(join(tmpdir(), 'gospelib-image-'));
  const place = (path: string) => {
    const to = join(root, path);
    mkdirSync(dirname(to), { recursive: true });
    return to;
  };
  try {
    for (const [to, from] of Object.entries(programs)) {
      const program = realpathSync(from);
      copyFileSync(program, place(to));
      for (const library of librariesOf(program)) copyFileSync(library, place(library));
    }
    for (const [to, text] of Object.entries(scripts)) {
      writeFileSync(place(to), text);
      chmodSync(place(to), 0o755);
    }
    const same = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
    execFileSync('tar', ['-cf', `${root}.tar`, ...same, '-C', root, '.']);
    return readFileSync(`${root}.tar`);
  } finally {
    rmSync(root, { recursive: true, force: true });
    rmSync(`${root}.tar`, { force: true });
  }
}

/** Of one that is linked with none ldd says so by failing. */
function librariesOf(program: string): string[] {
  try {
    const linked = execFileSync('ldd', [program], { encoding: 'utf8', stdio: 'pipe' });
    return [...linked.matchAll(/(\/\S+\.so\S*)/g)].map(([, path = '']) => path);
  } catch {
    return [];
  }
}

export async function pushImage(
  registry: string,
  layer: Buffer,
  { repository: name, entrypoint, user, tag }: ImageSettings,
): Promise<string> {
  const config = JSON.stringify({
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: { Entrypoint: entrypoint, User: user, Env: ['PATH=/usr/local/bin:/usr/bin:/bin'] },
    rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
  });
  const repository = `http://${registry}/v2/${name}`;
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
  for (const reference of [digest, ...(tag ? [tag] : [])]) {
    const answer = await fetch(`${repository}/manifests/${reference}`, {
      method: 'PUT',
      body: manifest,
      headers: { 'content-type': mediaType },
    });
    if (!answer.ok) throw new Error(`The registry refused the image: ${await answer.text()}`);
  }
  return `${registry}/${name}@${digest}`;
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
