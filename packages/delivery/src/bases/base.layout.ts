import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from '../build/command.run.ts';

/** An image of one layer. */
export interface Base {
  /** The layer: all below it. */
  tree: string;
  env: Readonly<Record<string, string>>;
}

/** The same files give the same layer, whenever they were written. */
const same = ['--sort=name', '--mtime=@0', '--numeric-owner', '--format=gnu'];

/**
 * Writes an image as an OCI layout and returns its digest.
 * @param run runs a command to its end: tar, which keeps what Node cannot (owners, modes, links)
 */
export async function writeBase(
  folder: string,
  { tree, env }: Base,
  run: (command: Pick<Command, 'command' | 'args'>) => Promise<unknown>,
): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  const blobs = join(folder, 'blobs/sha256');
  mkdirSync(blobs, { recursive: true });
  const packed = join(folder, 'layer.tar');
  await run({ command: 'tar', args: ['-cf', packed, ...same, '-C', tree, '.'] });
  const layer = { digest: await digestOfFile(packed), size: statSync(packed).size };
  renameSync(packed, join(blobs, layer.digest.replace('sha256:', '')));

  const write = (content: object) => {
    const text = JSON.stringify(content);
    const hex = createHash('sha256').update(text).digest('hex');
    writeFileSync(join(blobs, hex), text);
    return { digest: `sha256:${hex}`, size: Buffer.byteLength(text) };
  };
  const config = write({
    architecture: 'amd64',
    os: 'linux',
    config: { Env: Object.entries(env).map(([name, value]) => `${name}=${value}`) },
    rootfs: { type: 'layers', diff_ids: [layer.digest] },
  });
  const media = 'application/vnd.oci.image';
  const manifest = write({
    schemaVersion: 2,
    mediaType: `${media}.manifest.v1+json`,
    config: { mediaType: `${media}.config.v1+json`, ...config },
    layers: [{ mediaType: `${media}.layer.v1.tar`, ...layer }],
  });
  const manifests = [{ mediaType: `${media}.manifest.v1+json`, ...manifest }];
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
  writeFileSync(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  return manifest.digest;
}

async function digestOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return `sha256:${hash.digest('hex')}`;
}
