import type { ChangeOptions, Verb } from '../../verb.ts';
import { changeKeys } from './key.change.ts';

/** Publishes the next key; the present one goes on signing until every verifier has heard of it. */
export const keysRotate: Verb = (keys, run) =>
  keys
    .command('rotate')
    .description('publish the next key now; it signs ten minutes later, and nobody notices')
    .option('--dry-run', 'say what would be done')
    .option('--json', 'as JSON')
    .action(
      run((context, options: ChangeOptions) =>
        changeKeys(context, 'rotate', options, ({ added }) =>
          [
            `Published ${added.join(', ')}.`,
            'It signs in ten minutes; until then, and for tokens it has signed, the one before holds. Nobody notices.',
          ].join('\n'),
        ),
      ),
    );
