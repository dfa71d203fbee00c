import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Images of this stack that have a tag alone, because no registry could be asked when they were chosen. */
const list = 'infra/observability/unpinned.images.json';
const folder = 'infra/cluster/telemetry/base';

/** Where images of upstream are named: by Compose on one machine, and in a cluster. */
export function imageFiles(root: string): string[] {
  const manifests = readdirSync(join(root, folder)).filter((name) => name.endsWith('.yaml'));
  return ['infra/observability/compose.yaml', ...manifests.map((name) => `${folder}/${name}`)];
}

export function imagesIn(text: string): string[] {
  return [...text.matchAll(/^\s*image: (\S+)$/gm)].map(([, image = '']) => image);
}

export function readUnpinned(root: string): string[] {
  return JSON.parse(readFileSync(join(root, list), 'utf8')) as string[];
}

/**
 * Asks their registries for the digest of each image that has a tag alone, and writes it beside the tag wherever the image is
 * named.
 * @param origin of a registry by its host
 * @throws Error naming the image that its registry does not have; nothing is written then
 */
export async function pinImages(
  root: string,
  origin = (host: string) => `https://${host}`,
): Promise<Record<string, string>> {
  const pinned: Record<string, string> = {};
  for (const image of readUnpinned(root)) pinned[image] = await digestOf(image, origin);
  for (const file of imageFiles(root)) {
    const path = join(root, file);
    const text = readFileSync(path, 'utf8').replace(/^(\s*image: )(\S+)$/gm, (line, key, image) =>
      pinned[image] === undefined ? line : `${key}${image}@${pinned[image]}`,
    );
    writeFileSync(path, text);
  }
  writeFileSync(join(root, list), '[]\n');
  return pinned;
}

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
async function digestOf(image: string, origin: (host: string) => string): Promise<string> {
  const [name = '', tag = ''] = image.split(/:(?=[^/]+$)/);
  const isHost = /^[^/]+\.[^/]+\//.test(name);
  const host = isHost ? name.slice(0, name.indexOf('/')) : 'registry-1.docker.io';
  const repository = isHost ? name.slice(host.length + 1) : name;
  const url = `${origin(host)}/v2/${repository}/manifests/${tag}`;
  const headers = {
    accept:
      'application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json',
  };
  let response = await fetch(url, { method: 'HEAD', headers });
  if (response.status === 401) {
    const authorization = `Bearer ${await tokenFor(response.headers.get('www-authenticate') ?? '')}`;
    response = await fetch(url, { method: 'HEAD', headers: { ...headers, authorization } });
  }
  const digest = response.headers.get('docker-content-digest') ?? '';
  if (!response.ok || !/^sha256:[0-9a-f]{64}$/.test(digest)) {
    throw new Error(`${image}: ${host} answered ${response.status} and no digest.`);
  }
  return digest;
}

/** For who has no account there, from where the registry says. */
async function tokenFor(challenge: string): Promise<string> {
  const parts = new Map(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
  );
  const asked = new URL(parts.get('realm') ?? '');
  for (const key of ['service', 'scope']) asked.searchParams.set(key, parts.get(key) ?? '');
  const body = (await (await fetch(asked)).json()) as { token?: string; access_token?: string };
  return body.token ?? body.access_token ?? '';
}
