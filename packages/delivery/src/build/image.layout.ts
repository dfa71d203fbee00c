import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const descriptor = z.object({ digest: z.string(), size: z.number() });
const index = z.object({ manifests: z.tuple([descriptor]) });
const manifest = z.object({ config: descriptor, layers: z.array(descriptor) });
const config = z.object({
  config: z.object({ Labels: z.record(z.string(), z.string()).default({}) }),
});

/** An image as it was built, read from its OCI layout. */
export interface BuiltImage {
  digest: string;
  /** Of what it was made; undefined: of a tool that does not say. */
  revision: string | undefined;
  /** Compressed, in bytes, from the base upwards. */
  layers: readonly { digest: string; size: number }[];
}

/** Where the layouts of built images are, a folder each. */
export function layoutFolder(root: string, name: string): string {
  return join(root, '.gl/images', name);
}

/** Undefined when the image was not built here. @throws ZodError for a layout that is none */
export function readLayout(folder: string): BuiltImage | undefined {
  if (!existsSync(join(folder, 'index.json'))) return undefined;
  const read = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'));
  const blob = (digest: string) => read(join('blobs', digest.replace(':', '/')));
  const [{ digest }] = index.parse(read('index.json')).manifests;
  const { layers, config: of } = manifest.parse(blob(digest));
  const { Labels } = config.parse(blob(of.digest)).config;
  return { digest, layers, revision: Labels['org.opencontainers.image.revision'] };
}

/** Layers that more than one of the images has: base and Node. */
export function sharedLayers(images: readonly BuiltImage[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const { layers } of images) {
    for (const digest of new Set(layers.map((layer) => layer.digest))) {
      (seen.has(digest) ? again : seen).add(digest);
    }
  }
  return again;
}

/** What an image has beyond layers that others have, too; in bytes. */
export function ownBytes({ layers }: BuiltImage, shared: ReadonlySet<string>): number {
  return layers
    .filter(({ digest }) => !shared.has(digest))
    .reduce((sum, { size }) => sum + size, 0);
}
