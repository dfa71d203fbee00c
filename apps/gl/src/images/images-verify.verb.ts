import { exitCodes, printResult } from '@gospelib/cli-kit';
import type { PrintOptions, Verb } from '../verb.ts';

interface VerifyOptions extends PrintOptions {
  of: string;
  commit: string;
}

/** Says which images of an environment nobody signed whose signature counts. */
export const imagesVerify: Verb = (images, run) =>
  images
    .command('verify')
    .description('look whether the images of an environment are signed by us, with cosign')
    .option('--of <environment>', 'staging or production', 'staging')
    .option('--commit <commit>', 'as this commit has them', 'HEAD')
    .option('--json', 'as JSON')
    .action(
      run(async ({ config: { root, env } }, { of, commit, json }: VerifyOptions) => {
        const { findUnsigned, imageSetAt, signerOf } = await import('@gospelib/delivery');
        const set = await imageSetAt(root, commit, of);
        const references = Object.values(set).map(
          ({ repository, digest }) => `${repository}@${digest}`,
        );
        const unsigned = await findUnsigned(references, signerOf(env), env);
        printResult(json, { images: references, unsigned }, () =>
          unsigned.length === 0
            ? `All ${references.length} images are signed by us.`
            : unsigned.map((one) => `not signed by us: ${one}`).join('\n'),
        );
        return unsigned.length === 0 ? exitCodes.well : exitCodes.refused;
      }),
    );
