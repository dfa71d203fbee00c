import { exitCodes, printResult } from '@gospelib/cli-kit';
import type { PrintOptions, Verb } from '../verb.ts';

/** What was changed behind Terraform's back: for every night, and for whoever is called. */
export const infraDrift: Verb = (infra, run) =>
  infra
    .command('drift')
    .description('what differs from what was applied; ends with 3 when something does')
    .argument('<environment>', 'a folder of infra/terraform/environments')
    .option('--json', 'the result as JSON')
    .action(
      run(async ({ config: { root, env } }, name: string, { json }: PrintOptions) => {
        const { findDrift, findInfra, renderChange } = await import('@gospelib/cloud');
        const found = await findDrift(findInfra(root, name), { root, env });
        const { drifted, pending } = found;
        const well = drifted.length === 0 && !pending;
        printResult(json, { environment: name, ...found }, () => {
          if (well) return `${name} is what was applied.`;
          const told = drifted.map((change) => `Behind Terraform’s back: ${renderChange(change)}`);
          return [
            ...told,
            `What would be done about it: ./gl infra plan ${name}. A wrong change in git is reverted there, then applied.`,
          ].join('\n');
        });
        return well ? exitCodes.well : exitCodes.repairable;
      }),
    );
