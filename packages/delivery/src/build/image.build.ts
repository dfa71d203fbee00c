import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';
import { SOURCE_DATE_EPOCH } from '../files/image.files.ts';
import { bakePath, revisionVariable } from '../image/bake.file.ts';
import type { Image } from '../image/image.list.ts';
import { type Revision, revisionOf } from '../image/image.revision.ts';
import { type Command, runCommand } from './command.run.ts';
import { layoutFolder } from './image.layout.ts';

/** Where images are pushed to. */
export interface Registry {
  /** `host[:port][/path]`; an image is `gospelib-<name>` there. */
  address: string;
  tag: string;
  /** Spoken to by plain HTTP: a registry of one's own machine. */
  insecure: boolean;
}

/** What is to be made. */
export interface BuildPlan {
  images: readonly { image: Image; revision: Revision }[];
  /** Undefined: they stay on this machine, below .gl/images. */
  registry?: Registry;
  /** Into this machine's Docker, as `localhost/gospelib-<name>:dev`, rather than below .gl/images. */
  load?: boolean;
  /** Whether all is built anew, and nothing taken from earlier builds. */
  fresh?: boolean;
}

/** @throws OperatorError when something is to be pushed that no commit describes */
export async function planBuild(
  root: string,
  images: readonly Image[],
  registry?: Registry,
): Promise<BuildPlan> {
  const planned = await Promise.all(
    images.map(async (image) => ({ image, revision: await revisionOf(root, image) })),
  );
  const changed = planned.filter(({ revision }) => revision.changed);
  if (registry !== undefined && changed.length > 0) {
    throw new OperatorError(
      `Not committed yet: what ${changed.map(({ image }) => image.name).join(', ')} would be made from. Nothing was pushed.`,
      'Commit the change, then push: an image names the commit that it is made from.',
    );
  }
  return { images: planned, ...(registry && { registry }) };
}

/** The call of buildx that carries a plan out. Nothing in it depends on the time or on the clone's place. */
export function bakeCommand(
  root: string,
  env: NodeJS.ProcessEnv,
  { images, registry, load, fresh }: BuildPlan,
  metadataFile: string,
): Command {
  const outputs = images.flatMap(({ image: { name } }) => [
    '--set',
    `${name}.output=${load === true ? 'type=docker' : output(root, name, registry)}`,
  ]);
  return {
    command: 'docker',
    args: [
      'buildx',
      'bake',
      `--file=${bakePath}`,
      `--metadata-file=${metadataFile}`,
      '--progress=plain',
      // Both would carry the time of the build into the digest.
      '--provenance=false',
      '--sbom=false',
      ...(fresh === true ? ['--no-cache', '--set=*.args.NX_SKIP_NX_CACHE=true'] : []),
      ...outputs,
      ...images.map(({ image }) => image.name),
    ],
    cwd: root,
    env: {
      ...env,
      ...Object.fromEntries(
        images.map(({ image, revision }) => [
          revisionVariable(image.name),
          revision.changed ? `${revision.commit}-changed` : revision.commit,
        ]),
      ),
      ...(registry && { REGISTRY: registry.address, TAG: registry.tag }),
      SOURCE_DATE_EPOCH: String(SOURCE_DATE_EPOCH),
      // The bases may be layouts outside of the clone.
      BUILDX_BAKE_ENTITLEMENTS_FS: '0',
    },
  };
}

function output(root: string, name: string, registry: Registry | undefined): string {
  const same = 'rewrite-timestamp=true,oci-mediatypes=true,compression=zstd,force-compression=true';
  if (registry === undefined) return `type=oci,tar=false,dest=${layoutFolder(root, name)},${same}`;
  return `type=image,push=true,${same}${registry.insecure ? ',registry.insecure=true' : ''}`;
}

const metadata = z.record(z.string(), z.looseObject({ 'containerimage.digest': z.string() }));

/** Carries a plan out; the digest of each image by its name. @throws OperatorError with buildx's words */
export async function build(
  root: string,
  env: NodeJS.ProcessEnv,
  plan: BuildPlan,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const file = join(root, '.gl/images/metadata.json');
  mkdirSync(dirname(file), { recursive: true });
  if (plan.registry === undefined && plan.load !== true) {
    // A layout that is written into keeps what was in it.
    for (const { image } of plan.images) {
      rmSync(layoutFolder(root, image.name), { recursive: true, force: true });
    }
  }
  await runCommand(bakeCommand(root, env, plan, file), say, signal);
  const written: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const told = metadata.parse(
    Object.fromEntries(
      plan.images.map(({ image }) => [
        image.name,
        (written as Record<string, unknown>)[image.name],
      ]),
    ),
  );
  return new Map(Object.entries(told).map(([name, of]) => [name, of['containerimage.digest']]));
}
