import { printResult } from '@gospelib/cli-kit';
import type { ChangeOptions, Verb } from '../verb.ts';

interface SignOptions extends ChangeOptions {
  of: string;
  commit: string;
}

/** Signs the images of an environment, each with its list of contents: what `ship` does with those that it built. */
export const imagesSign: Verb = (images, run) =>
  images
    .command('sign')
    .description(
      'sign the images of an environment and attach what is in each, with cosign and syft',
    )
    .option('--of <environment>', 'staging or production', 'staging')
    .option('--commit <commit>', 'as this commit has them', 'HEAD')
    .option('--dry-run', 'say which would be signed')
    .option('--json', 'as JSON')
    .action(
      run(async ({ config: { root, env } }, { of, commit, dryRun, json }: SignOptions) => {
        const { imageSetAt, signImages } = await import('@gospelib/delivery');
        const set = await imageSetAt(root, commit, of);
        const references = Object.values(set).map(
          ({ repository, digest }) => `${repository}@${digest}`,
        );
        const said = dryRun === true ? references.join('\n') : await signImages(references, env);
        printResult(json, { images: references, dryRun: dryRun === true }, () => said);
        return 0;
      }),
    );
