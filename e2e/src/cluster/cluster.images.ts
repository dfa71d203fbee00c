import { readFileSync } from 'node:fs';

const { KUBECONFIG, GOSPELIB_REGISTRY, GOSPELIB_IMAGES } = process.env;

/** Why the whole system cannot be tried on a cluster; undefined: it can. */
export const noCluster =
  KUBECONFIG && GOSPELIB_REGISTRY && GOSPELIB_IMAGES
    ? undefined
    : 'needs a cluster: KUBECONFIG, GOSPELIB_REGISTRY that it pulls from, and GOSPELIB_IMAGES, the file that `./gl images push --json` made';

/** What `./gl images push --json` says. */
interface Pushed {
  images: { name: string; digest: string }[];
}

/** An image by the name that the platform has for it, as a reference by digest. */
export type Images = (name: string) => string;

export function readImages(): Images {
  const { images }: Pushed = JSON.parse(readFileSync(GOSPELIB_IMAGES ?? '', 'utf8'));
  const digests = new Map(images.map(({ name, digest }) => [name, digest]));
  return (name) => {
    const digest = digests.get(name);
    if (digest === undefined) throw new Error(`${GOSPELIB_IMAGES} names no image ${name}.`);
    return `${GOSPELIB_REGISTRY}/gospelib-${name}@${digest}`;
  };
}
