import { confirmLoss, printResult } from '@gospelib/cli-kit';
import { withDatabase } from '@gospelib/data-ops';
import { reinstateRetained } from '@gospelib/database';
import { type ChangeOptions, say, type Verb } from '../../verb.ts';
import { assertRetained } from './retained.database.ts';

interface ReinstateOptions extends ChangeOptions {
  acceptDataLoss?: boolean;
}

/** The way back from a restore: puts one of them in the place of the database, which is retained in turn. */
export const retainedReinstate: Verb = (retained, run) =>
  retained
    .command('reinstate')
    .description('put one in the place of the database, which is retained in turn')
    .argument('<name>')
    .option('--accept-data-loss', 'without asking')
    .option('--dry-run', 'say what would be done')
    .option('--json', 'as JSON')
    .action(
      run(({ environment }, name: string, { json, dryRun, acceptDataLoss }: ReinstateOptions) =>
        withDatabase(environment, async (url) => {
          await assertRetained(url, name);
          if (dryRun === true) {
            printResult(json, { from: name, dryRun }, () => `Would put ${name} back.`);
            return 0;
          }
          say(
            `${name} takes the place of the database. What was written since it was retained is not in it; it is retained in turn.`,
          );
          await confirmLoss(name, { accepted: acceptDataLoss });
          const done = await reinstateRetained(url, name);
          printResult(json, { ...done, dryRun: false }, () => {
            const { from, database, retained: now, unavailableMs } = done;
            return `${from} is the database ${database} again; nobody could connect for ${Math.round(unavailableMs)} ms. What stood there is retained as ${now}.`;
          });
          return 0;
        }),
      ),
    );
