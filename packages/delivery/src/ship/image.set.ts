import { OperatorError } from '@gospelib/cli-kit';
import { parseDocument } from 'yaml';
import { z } from 'zod';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'a digest such as sha256:…');
// Strict: a tag beside a digest would be rendered, too, and which of both runs would be the registry’s choice.
const imagesFile = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1alpha1'),
  kind: z.literal('Component'),
  images: z.array(z.strictObject({ name: z.string().min(1), newName: z.string().min(1), digest })),
});

/** Where an image is, by its digest alone. */
export interface PlacedImage {
  /** `registry/repository`. */
  repository: string;
  /** `sha256:…` */
  digest: string;
}

/** The images of an environment by their names in the manifests: `gospelib-content`. */
export type ImageSet = Readonly<Record<string, PlacedImage>>;

const NOTHING = `sha256:${'0'.repeat(64)}`;

/** The one file of a release, in the repository. */
export function imagesPath(environment: string): string {
  return `infra/k8s/overlays/${environment}/images/kustomization.yaml`;
}

/** @throws OperatorError for a file that says anything else than which image runs, by its digest */
export function readImageSet(text: string, path: string): ImageSet {
  const parsed = imagesFile.safeParse(parseDocument(text).toJS());
  if (!parsed.success) {
    throw new OperatorError(`${path} is not as it should be:\n${z.prettifyError(parsed.error)}`);
  }
  return Object.fromEntries(
    parsed.data.images.map(({ name, newName, digest }) => [name, { repository: newName, digest }]),
  );
}

/**
 * The file with other images; byte for byte what it was when they are those that it has.
 * @throws OperatorError for an image that the file does not name, or a digest that is none
 */
export function bumpImageSet(text: string, bumped: ImageSet, path: string): string {
  const before = readImageSet(text, path);
  const strange = Object.keys(bumped).filter((name) => before[name] === undefined);
  if (strange.length > 0) {
    throw new OperatorError(
      `${path} names no ${strange.join(', ')}. Nothing was changed.`,
      'A new image comes with its manifests, in the commit that adds them.',
    );
  }
  const odd = Object.entries(bumped).filter(
    ([name, image]) =>
      !digest.safeParse(image.digest).success ||
      (image.digest === NOTHING && before[name]?.digest !== NOTHING),
  );
  if (odd.length > 0) {
    throw new OperatorError(
      `No digest: ${odd.map(([name, image]) => `${name} ${image.digest}`).join(', ')}. Nothing was changed.`,
      'Images are deployed by the digest that the registry has of them.',
    );
  }
  const document = parseDocument(text);
  let isChanged = false;
  for (const [index, name] of Object.keys(before).entries()) {
    const [image, old] = [bumped[name], before[name]];
    if (image === undefined || old === undefined) continue;
    if (image.repository === old.repository && image.digest === old.digest) continue;
    document.setIn(['images', index, 'newName'], image.repository);
    document.setIn(['images', index, 'digest'], image.digest);
    isChanged = true;
  }
  return isChanged ? document.toString({ lineWidth: 0, indentSeq: true }) : text;
}

/** An image that is another one than before. */
export interface ImageChange {
  name: string;
  from: string;
  to: string;
}

/** What differs between two sets, by name. */
export function changesBetween(before: ImageSet, after: ImageSet): readonly ImageChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names.flatMap((name) => {
    const [from, to] = [before[name]?.digest ?? 'none', after[name]?.digest ?? 'none'];
    return from === to ? [] : [{ name, from, to }];
  });
}

/** Names of those that were never released. */
export function unreleased(set: ImageSet): readonly string[] {
  return Object.entries(set).flatMap(([name, { digest }]) => (digest === NOTHING ? [name] : []));
}
