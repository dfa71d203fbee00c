import { renderTable, UsageError } from '@gospelib/cli-kit';
import type { BuildPlan, Image } from '@gospelib/delivery';
import { platform } from '@gospelib/platform';
import type { ChangeOptions } from '../verb.ts';

export interface ChoiceOptions extends ChangeOptions {
  affected?: boolean;
  fixtures?: boolean;
  base: string;
}

/**
 * The images that are named, or all of the platform, with `--fixtures` and those of the fixtures; with `--affected` those
 * of them that changed.
 * @throws UsageError
 */
export async function chooseImages(
  root: string,
  names: readonly string[],
  { affected, base, fixtures }: ChoiceOptions,
): Promise<readonly Image[]> {
  const { affectedImages, fixtureImages, listImages } = await import('@gospelib/delivery');
  const ours = listImages(platform);
  const all = [...ours, ...fixtureImages];
  const strange = names.find((name) => !all.some((image) => image.name === name));
  if (strange !== undefined) {
    const known = all.map(({ name }) => name).join(', ');
    throw new UsageError(`There is no image ${strange}; there are ${known}.`);
  }
  const usual = fixtures === true ? all : ours;
  const chosen = names.length === 0 ? usual : all.filter(({ name }) => names.includes(name));
  return affected === true ? affectedImages(root, chosen, base) : chosen;
}

/** One line an image: what it was, or would be, made from, and its digest. */
export function renderMade(
  { images }: BuildPlan,
  digests: ReadonlyMap<string, string> = new Map(),
): string {
  if (images.length === 0) return 'No image is affected.';
  return renderTable(
    [{ head: 'image' }, { head: 'revision' }, { head: 'digest' }],
    images.map(({ image: { name }, revision: { commit, changed } }) => [
      name,
      changed ? `${commit.slice(0, 8)}, changed` : commit.slice(0, 8),
      digests.get(name) ?? 'not built',
    ]),
  );
}

/** The same for scripts. */
export function describeMade(
  { images }: BuildPlan,
  digests: ReadonlyMap<string, string> = new Map(),
): { images: readonly { name: string; revision: string; changed: boolean; digest?: string }[] } {
  return {
    images: images.map(({ image: { name }, revision: { commit, changed } }) => {
      const digest = digests.get(name);
      return { name, revision: commit, changed, ...(digest && { digest }) };
    }),
  };
}
