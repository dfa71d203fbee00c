import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** What `./gl images push --json` says. */
interface Pushed {
  readonly images: readonly { readonly name: string; readonly digest: string }[];
}

/** An image by the name that the platform has for it, as a reference by digest. */
export type Images = (name: string) => string;

/** Why the platform cannot be tried on a cluster from images; undefined: it can. */
export function missingCluster(): string | undefined {
  const { KUBECONFIG, GOSPELIB_REGISTRY, GOSPELIB_IMAGES } = process.env;
  if (!KUBECONFIG || !GOSPELIB_REGISTRY) {
    return 'needs a cluster: KUBECONFIG, and GOSPELIB_REGISTRY that it pulls from';
  }
  if (GOSPELIB_IMAGES) return undefined;
  const builder = spawnSync('docker', ['buildx', 'inspect'], { encoding: 'utf8' });
  return builder.status === 0 && !/^Driver:\s*docker$/m.test(builder.stdout)
    ? undefined
    : 'needs images: a builder of docker buildx that is not Docker’s own, or GOSPELIB_IMAGES, the file that `./gl images push --fixtures --json` made';
}

/**
 * The images that are tried: those that GOSPELIB_IMAGES names, else the ones of this source, which are built and pushed
 * first, once for all processes of a runner. @throws Error of the build
 */
export function pushedImages(): Images {
  process.env.GOSPELIB_IMAGES ||= push();
  const references = pushedReferences(process.env.GOSPELIB_IMAGES);
  return (name) => {
    const reference = references.get(name);
    if (reference === undefined) {
      throw new Error(`${process.env.GOSPELIB_IMAGES} names no image ${name}.`);
    }
    return reference;
  };
}

/** By the name that the platform has for each, what `file` says was pushed to GOSPELIB_REGISTRY. */
export function pushedReferences(file: string): ReadonlyMap<string, string> {
  const { images }: Pushed = JSON.parse(readFileSync(file, 'utf8'));
  const { GOSPELIB_REGISTRY } = process.env;
  return new Map(
    images.map(({ name, digest }) => [name, `${GOSPELIB_REGISTRY}/gospelib-${name}@${digest}`]),
  );
}

/** @returns the file that says what was pushed */
function push(): string {
  console.info('building and pushing the images of this source…');
  const words = ['images', 'push', '--insecure', '--fixtures', '--json'];
  const said = execFileSync(join(root, 'gl'), words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const file = join(root, '.gl/pushed.images.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, said);
  return file;
}
