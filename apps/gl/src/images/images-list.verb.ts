import { printResult, renderTable } from '@gospelib/cli-kit';
import { platform } from '@gospelib/platform';
import type { PrintOptions, Verb } from '../verb.ts';

/** Says what images there are, and which of them were built here. */
export const imagesList: Verb = (images, run) =>
  images
    .command('list')
    .description('the images, of which commit each is, and what was built of them here')
    .option('--json', 'the result as JSON')
    .action(
      run(async ({ config }, { json }: PrintOptions) => {
        const { listImages, surveyImages } = await import('@gospelib/delivery');
        const found = await surveyImages(config.root, listImages(platform));
        printResult(json, { images: found }, () =>
          renderTable(
            [
              { head: 'image' },
              { head: 'what it is' },
              { head: 'revision' },
              { head: 'built here' },
              { head: 'own MB', align: 'right' },
              { head: 'whole MB', align: 'right' },
            ],
            found.map(({ name, does, revision, built }) => [
              name,
              does,
              `${revision.commit.slice(0, 8)}${revision.changed ? ', changed' : ''}`,
              built === undefined
                ? '–'
                : `${built.digest.slice(0, 19)}${built.current ? '' : ', old'}`,
              built === undefined ? '' : megabytes(built.ownBytes),
              built === undefined ? '' : megabytes(built.bytes),
            ]),
          ),
        );
        return 0;
      }),
    );

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
