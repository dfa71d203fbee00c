import type { Image } from '../image/image.list.ts';
import { type Revision, revisionOf } from '../image/image.revision.ts';
import { layoutFolder, ownBytes, readLayout, sharedLayers } from './image.layout.ts';

/** An image, and what is on this machine of it. */
export interface SurveyedImage {
  name: string;
  does: string;
  revision: Revision;
  /** Undefined: not built here. Sizes in bytes, compressed. */
  built:
    | {
        digest: string;
        /** Whether it was made from what would make it now. */
        current: boolean;
        bytes: number;
        /** Without base and Node. */
        ownBytes: number;
      }
    | undefined;
}

/** What images there are, and what was built of them on this machine. */
export async function surveyImages(
  root: string,
  images: readonly Image[],
): Promise<readonly SurveyedImage[]> {
  const layouts = new Map(
    images.map(({ name }) => [name, readLayout(layoutFolder(root, name))] as const),
  );
  const shared = sharedLayers([...layouts.values()].filter((layout) => layout !== undefined));
  return Promise.all(
    images.map(async (image) => {
      const layout = layouts.get(image.name);
      const revision = await revisionOf(root, image);
      return {
        name: image.name,
        does: image.does,
        revision,
        built: layout && {
          digest: layout.digest,
          current: !revision.changed && layout.revision === revision.commit,
          bytes: layout.layers.reduce((sum, { size }) => sum + size, 0),
          ownBytes: ownBytes(layout, shared),
        },
      };
    }),
  );
}
