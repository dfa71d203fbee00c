import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const { GOSPELIB_REGISTRY, GOSPELIB_IMAGES, KUBECONFIG } = process.env;

export const root = resolve(import.meta.dirname, '../../../..');

/** Why images cannot be built here; undefined: they can. */
export const noBuilder = GOSPELIB_REGISTRY
  ? undefined
  : 'needs a builder that was chosen for it: GOSPELIB_REGISTRY names where it pushes to';

/** Why images cannot be run here; undefined: they can. */
export const noCluster =
  KUBECONFIG && GOSPELIB_REGISTRY && GOSPELIB_IMAGES
    ? undefined
    : 'needs a cluster: KUBECONFIG, GOSPELIB_REGISTRY that it pulls from, and GOSPELIB_IMAGES, the file that `./gl images push --fixtures --json` made';

/** The images that were pushed, as references by digest. */
export function pushedImages(): (name: string) => string {
  const { images } = JSON.parse(readFileSync(GOSPELIB_IMAGES ?? '', 'utf8')) as {
    images: { name: string; digest: string }[];
  };
  const digests = new Map(images.map(({ name, digest }) => [name, digest]));
  return (name) => {
    const digest = digests.get(name);
    if (digest === undefined) throw new Error(`${GOSPELIB_IMAGES} names no image ${name}.`);
    return `${GOSPELIB_REGISTRY}/gospelib-${name}@${digest}`;
  };
}
