import { exitCodes, OperatorError, printResult } from '@gospelib/cli-kit';
import { findCommitsByHand, knownBranch, PRODUCTION_BRANCH } from '@gospelib/delivery';
import type { PrintOptions, Verb } from '../verb.ts';

/** The alarm for a glass that was broken: whatever stands on production's branch has to have come through the gates. */
export const ciProduction: Verb = (ci, run) =>
  ci
    .command('production')
    .description('whether all that production’s branch has came through the gates')
    .option('--json', 'as JSON')
    .action(
      run(async ({ config: { root } }, { json }: PrintOptions) => {
        // A clone without credentials has what it was made with.
        const { head, away } = await knownBranch(root, PRODUCTION_BRANCH);
        if (head === undefined && away !== undefined) throw new OperatorError(away);
        const byHand = head === undefined ? [] : await findCommitsByHand(root, head);
        printResult(json, { head, byHand }, () =>
          byHand.length === 0
            ? 'All that production’s branch has came through the gates.'
            : [
                'Somebody wrote to production’s branch past the gates:',
                ...byHand.map(
                  ({ commit, by, at, subject, why }) =>
                    `  ${commit.slice(0, 12)} by ${by} at ${at}: ${subject} (${why})`,
                ),
                'The next release takes it away again: bring to `stage` what is to stay. What must not wait is reverted on that branch.',
              ].join('\n'),
        );
        return byHand.length === 0 ? exitCodes.well : exitCodes.failed;
      }),
    );
