import { readFileSync } from 'node:fs';
import { UsageError } from '@gospelib/cli-kit';
import {
  affectedImages,
  type Bump,
  build,
  chooseBase,
  githubAccess,
  type ImageSet,
  lastSuccess,
  listImages,
  planBuild,
  requireTools,
  signImages,
} from '@gospelib/delivery';
import { platform } from '@gospelib/platform';
import { z } from 'zod';
import { type ChangeOptions, type Context, say } from '../verb.ts';

const WORKFLOW = 'cd-staging.yml';

export interface ShipOptions extends ChangeOptions {
  branch: string;
  base?: string;
  images?: string;
  /** Where to write what was pushed: somebody else puts it on the branch. */
  write?: string;
  registry?: string;
  insecure?: boolean;
}

/** What staging is to run. */
export interface Made {
  /** What they were built from. */
  commit: string;
  why: string;
  names: readonly string[];
  /** Undefined: nothing is built in a dry run. */
  images: ImageSet | undefined;
}

const pushed = z.object({
  registry: z.string(),
  images: z.array(z.object({ name: z.string(), digest: z.string(), revision: z.string() })),
});

/** Builds, pushes and signs what is affected, or takes what was built before. @throws OperatorError */
export async function makeImages(
  { config: { root, env } }: Context,
  options: ShipOptions,
): Promise<Made> {
  if (options.images !== undefined) {
    const { registry, images } = pushed.parse(JSON.parse(readFileSync(options.images, 'utf8')));
    const ours = images.filter(({ name }) => !name.startsWith('fixture-'));
    return {
      commit: env.GITHUB_SHA ?? ours[0]?.revision ?? '',
      why: `built before, from ${options.images}`,
      names: ours.map(({ name }) => name),
      images: imageSet(registry, new Map(ours.map(({ name, digest }) => [name, digest]))),
    };
  }
  const address = options.registry ?? env.GOSPELIB_REGISTRY;
  if (!address) throw new UsageError('Where to? --registry names it, or GOSPELIB_REGISTRY.');
  const success =
    options.base ??
    (env.GITHUB_TOKEN ? await lastSuccess(githubAccess(env), WORKFLOW, options.branch) : undefined);
  const { base, why } = await chooseBase(root, success);
  say(`Built is ${why}.`);
  const all = listImages(platform);
  const affected = base === undefined ? all : await affectedImages(root, all, base);
  const plan = await planBuild(root, affected, {
    address,
    tag: 'stage',
    insecure: options.insecure === true || env.GOSPELIB_REGISTRY_INSECURE === '1',
  });
  const made = {
    commit: env.GITHUB_SHA ?? plan.images[0]?.revision.commit ?? '',
    why,
    names: affected.map(({ name }) => name),
  };
  if (options.dryRun === true || affected.length === 0) return { ...made, images: undefined };
  await requireTools(root, env);
  const digests = await build(root, env, plan, say, new AbortController().signal);
  const images = imageSet(address, digests);
  const references = Object.values(images).map(
    ({ repository, digest }) => `${repository}@${digest}`,
  );
  say(await signImages(references, env));
  return { ...made, images };
}

function imageSet(registry: string, digests: ReadonlyMap<string, string>): ImageSet {
  return Object.fromEntries(
    [...digests].map(([name, digest]) => [
      `gospelib-${name}`,
      { repository: `${registry}/gospelib-${name}`, digest },
    ]),
  );
}

/** As `images push --json` prints it. */
export function listPushed(images: ImageSet, revision: string): z.output<typeof pushed> {
  const [first] = Object.entries(images);
  return {
    registry: first === undefined ? '' : first[1].repository.slice(0, -first[0].length - 1),
    images: Object.entries(images).map(([name, { digest }]) => ({
      name: name.replace(/^gospelib-/, ''),
      digest,
      revision,
    })),
  };
}

/** The commit that has staging run them. */
export function bumpOf({ branch }: ShipOptions, images: ImageSet, from: string): Bump {
  return { environment: 'staging', branch, images, from };
}
