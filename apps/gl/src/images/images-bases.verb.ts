import { join, resolve } from 'node:path';
import { printResult } from '@gospelib/cli-kit';
import { type PrintOptions, say, type Verb } from '../verb.ts';

interface BasesOptions extends PrintOptions {
  to?: string;
}

/** Makes bases of Debian's packages, where no registry of images is reachable. */
export const imagesBases: Verb = (images, run) =>
  images
    .command('bases')
    .description(
      'make stand-ins for the pinned bases from Debian’s packages, where no registry of images is reachable',
    )
    .option('--to <folder>', 'where they go', '.gl/bases')
    .option('--json', 'the result as JSON')
    .action(
      run(async ({ config: { root, env } }, { to = '.gl/bases', json }: BasesOptions) => {
        const { makeStandInBases } = await import('@gospelib/delivery');
        const folder = resolve(env.GL_CWD ?? root, to === '.gl/bases' ? join(root, to) : to);
        const { signal } = new AbortController();
        const bases = await makeStandInBases(root, env, folder, say, signal);
        printResult(json, bases, () =>
          [
            'Build with them, and never release what stands on them:',
            ...Object.entries(bases).map(([name, address]) => `export ${name}=${address}`),
          ].join('\n'),
        );
        return 0;
      }),
    );
