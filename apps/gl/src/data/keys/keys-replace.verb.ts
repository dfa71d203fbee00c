import type { ChangeOptions, Verb } from '../../verb.ts';
import { changeKeys } from './key.change.ts';

/** Takes every key away and puts a new one in their place. */
export const keysReplace: Verb = (keys, run) =>
  keys
    .command('replace')
    .description(
      'for keys that others may know: all are gone at once; whoever is signed in stays so and gets a new token',
    )
    .option('--dry-run', 'say what would be done')
    .option('--json', 'as JSON')
    .action(
      run((context, options: ChangeOptions) =>
        changeKeys(context, 'replace', options, ({ added, removed }) =>
          [
            `Published ${added.join(', ')}, removed ${removed.join(', ')}.`,
            'Within a minute no token of before is taken any more. Sessions stay: pages fetch new tokens by themselves.',
          ].join('\n'),
        ),
      ),
    );
