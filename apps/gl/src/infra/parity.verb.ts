import { printResult } from '@gospelib/cli-kit';
import type { PrintOptions, Verb } from '../verb.ts';

/** Whether staging is production but for what infra/parity.json lists. */
export const parity: Verb = (program, run) =>
  program
    .command('parity')
    .description('compare staging and production; ends with 1 on a difference that nobody meant')
    .option('--json', 'the result as JSON')
    .action(
      run(async ({ config: { root } }, { json }: PrintOptions) => {
        const { checkParity, isWell, renderParity } = await import('@gospelib/cloud');
        const report = await checkParity(root);
        printResult(json, report, () => renderParity(report));
        return isWell(report) ? 0 : 1;
      }),
    );
