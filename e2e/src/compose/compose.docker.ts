import { execFileSync } from 'node:child_process';
import { pushedReferences } from '@gospelib/testkit';

const { GOSPELIB_IMAGES, GOSPELIB_REGISTRY } = process.env;

export function docker(...words: string[]): string {
  return execFileSync('docker', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Why the platform cannot be tried in containers; undefined: it can. */
export const noCompose = missing();

function missing(): string | undefined {
  for (const words of [
    ['info', '--format', '{{.ServerVersion}}'],
    ['compose', 'version'],
  ]) {
    try {
      docker(...words);
    } catch {
      return `needs Docker with Compose: \`docker ${words.join(' ')}\` fails`;
    }
  }
  return undefined;
}

/** What images are called here that were pushed: Compose asks for them by tag. */
const PULLED = { GOSPELIB_REGISTRY: 'gospelib-pulled', GOSPELIB_TAG: 'lane' };

/**
 * What to tell `./gl up --compose` about its images: those that `./gl images push --fixtures --json` wrote down, where
 * GOSPELIB_REGISTRY and GOSPELIB_IMAGES name them; else it builds its own.
 */
export function pullImages(): NodeJS.ProcessEnv {
  if (!GOSPELIB_IMAGES || !GOSPELIB_REGISTRY) return {};
  for (const [name, pushed] of pushedReferences(GOSPELIB_IMAGES)) {
    docker('pull', '--quiet', pushed);
    docker('tag', pushed, `${PULLED.GOSPELIB_REGISTRY}/gospelib-${name}:${PULLED.GOSPELIB_TAG}`);
  }
  return PULLED;
}
