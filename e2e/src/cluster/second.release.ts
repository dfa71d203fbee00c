import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
}
interface Manifest {
  mediaType: string;
  config: Descriptor;
  layers: Descriptor[];
}
interface Config {
  config: { Env?: string[] };
  rootfs: { diff_ids: string[] };
}

/**
 * What the next release of an image would be: the same with another revision, and with files of its own laid over it.
 * @param files text by path in the image
 * @returns its reference, by digest, in the same registry, which is spoken to by plain HTTP
 */
export async function nextRelease(
  reference: string,
  revision: string,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const [, registry, name, digest] = /^([^/]+)\/(.+)@(.+)$/.exec(reference) ?? [];
  const repository = `http://${registry}/v2/${name}`;
  const manifest = await read<Manifest>(`${repository}/manifests/${digest}`);
  const config = await read<Config>(`${repository}/blobs/${manifest.config.digest}`);
  const layers = [...manifest.layers];
  if (Object.keys(files).length > 0) {
    const layer = packFiles(files);
    layers.push(await push(repository, layer, 'application/vnd.oci.image.layer.v1.tar'));
    config.rootfs.diff_ids.push(digestOf(layer));
  }
  const others = (config.config.Env ?? []).filter((one) => !one.startsWith('GOSPELIB_REVISION='));
  config.config.Env = [...others, `GOSPELIB_REVISION=${revision}`];
  const told = await push(
    repository,
    Buffer.from(JSON.stringify(config)),
    manifest.config.mediaType,
  );
  const text = JSON.stringify({ ...manifest, config: told, layers });
  const own = digestOf(Buffer.from(text));
  await expectOk(
    await fetch(`${repository}/manifests/${own}`, {
      method: 'PUT',
      body: text,
      headers: { 'content-type': manifest.mediaType },
    }),
  );
  return `${registry}/${name}@${own}`;
}

async function read<T>(url: string): Promise<T> {
  const accept = 'application/vnd.oci.image.manifest.v1+json';
  return (await expectOk(await fetch(url, { headers: { accept } }))).json() as Promise<T>;
}

function packFiles(files: Readonly<Record<string, string>>): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-layer-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const same = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
    return execFileSync('tar', ['-c', ...same, '-C', folder, ...Object.keys(files)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function push(repository: string, content: Buffer, mediaType: string): Promise<Descriptor> {
  const digest = digestOf(content);
  const begun = await expectOk(await fetch(`${repository}/blobs/uploads/`, { method: 'POST' }));
  const place = new URL(begun.headers.get('location') ?? '', repository);
  place.searchParams.set('digest', digest);
  await expectOk(await fetch(place, { method: 'PUT', body: new Uint8Array(content) }));
  return { mediaType, digest, size: content.length };
}

async function expectOk(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  throw new Error(
    `The registry answers ${answer.url} with ${answer.status}: ${await answer.text()}`,
  );
}

function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
