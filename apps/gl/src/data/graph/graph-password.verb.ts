import { readFileSync } from 'node:fs';
import { printResult, UsageError } from '@gospelib/cli-kit';
import { addGraphPassword, settleGraphPassword } from '@gospelib/data-ops';
import type { ChangeOptions, Verb } from '../../verb.ts';

interface PasswordOptions extends ChangeOptions {
  add?: string;
  settle?: boolean;
}

/** Changes the password of the graph store while it serves: both are taken until the secret has reached everybody. */
export const graphPassword: Verb = (graph, run) =>
  graph
    .command('password')
    .description('change the password of the graph store while it serves')
    .option('--add <file>', 'take the one in this file, too, until it is settled')
    .option('--settle', 'take the one of the secret alone')
    .option('--dry-run', 'say what would be done')
    .option('--json', 'as JSON')
    .action(
      run(async ({ environment }, options: PasswordOptions) => {
        const { add, settle = false, json, dryRun = false } = options;
        if ((add === undefined) !== settle) {
          throw new UsageError('graph password takes either --add FILE or --settle.');
        }
        const password = add === undefined ? undefined : readFileSync(add, 'utf8').trimEnd();
        if (password === '') throw new UsageError(`${add} holds no password.`);
        if (!dryRun) {
          if (password === undefined) await settleGraphPassword(environment);
          else await addGraphPassword(environment, password);
        }
        const done = settle
          ? 'the password of the secret alone'
          : 'the further password, until it is started anew or settled';
        printResult(
          json,
          { taken: settle ? 'secret' : 'both', dryRun },
          () => `The graph store ${dryRun ? 'would take' : 'takes'} ${done}.`,
        );
        return 0;
      }),
    );
