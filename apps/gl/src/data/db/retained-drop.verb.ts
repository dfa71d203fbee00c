import { confirmLoss, printResult } from '@gospelib/cli-kit';
import { withDatabase } from '@gospelib/data-ops';
import { dropRetained } from '@gospelib/database';
import { type ChangeOptions, say, type Verb } from '../../verb.ts';
import { assertRetained } from './retained.database.ts';

interface DropOptions extends ChangeOptions {
  acceptDataLoss?: boolean;
}

/** Drops one of them for good. */
export const retainedDrop: Verb = (retained, run) =>
  retained
    .command('drop')
    .description('drop one for good')
    .argument('<name>')
    .option('--accept-data-loss', 'without asking')
    .option('--dry-run', 'say what would be dropped')
    .option('--json', 'as JSON')
    .action(
      run(({ environment }, name: string, { json, dryRun = false, acceptDataLoss }: DropOptions) =>
        withDatabase(environment, async (url) => {
          await assertRetained(url, name);
          if (!dryRun) {
            say(`${name} will be gone for good.`);
            await confirmLoss(name, { accepted: acceptDataLoss });
            await dropRetained(url, name);
          }
          printResult(json, { dropped: name, dryRun }, () =>
            dryRun ? `Would drop ${name}.` : `${name} is dropped.`,
          );
          return 0;
        }),
      ),
    );
