import { exitCodes, printResult, UsageError } from '@gospelib/cli-kit';
import type { RebuildStep } from '@gospelib/recovery';
import { Option } from 'commander';
import { type ChangeOptions, say, type Verb } from '../verb.ts';

interface RebuildOptions extends ChangeOptions {
  confirm?: string;
  from: RebuildStep['name'];
}

/** Written out, since the package is loaded when it is needed; its type tells when one is missing. */
const names = Object.keys({
  state: true,
  infrastructure: true,
  cluster: true,
  platform: true,
  database: true,
  graph: true,
  served: true,
} satisfies Record<RebuildStep['name'], true>);

/** An environment of which backups and escrow alone are left. */
export const infraRebuild: Verb = (infra, run) =>
  infra
    .command('rebuild')
    .description(
      'make an environment anew of which backups and escrow alone are left, until readers are served',
    )
    .argument('<environment>', 'staging or production')
    .addOption(
      new Option('--from <step>', 'go on from there, after one that failed')
        .choices(names)
        .default('state'),
    )
    .option('--confirm <name>', 'the environment’s name: for scripts, which nobody can ask')
    .option('--dry-run', 'say what would be done, in order')
    .option('--json', 'the result as JSON')
    .action(
      run(async ({ config }, name: string, options: RebuildOptions) => {
        if (name === 'bootstrap') {
          throw new UsageError(
            'bootstrap is what environments stand on: docs/operations/infrastructure.md begins with it.',
          );
        }
        const { rebuild, rebuildSteps } = await import('@gospelib/recovery');
        if (options.dryRun === true) {
          const { findInfra } = await import('@gospelib/cloud');
          const { account, region } = findInfra(config.root, name);
          const steps = rebuildSteps.map((step) => ({ name: step.name, does: step.does }));
          printResult(options.json, { environment: name, account, region, steps }, () =>
            [
              `${name}, in account ${account}, ${region}:`,
              ...steps.map(({ name: step, does }, index) => `${index + 1}. ${step}: ${does}`),
            ].join('\n'),
          );
          return exitCodes.well;
        }
        const { clusterParts } = await import('./rebuild.parts.ts');
        const parts = clusterParts(config, name, options.confirm);
        try {
          const done = await rebuild(parts, say, options.from);
          const failed = done.find(({ ok }) => !ok);
          const seconds = done.reduce((sum, step) => sum + step.seconds, 0);
          printResult(options.json, { environment: name, steps: done, seconds }, () =>
            failed === undefined
              ? `${name} serves readers again, after ${(seconds / 60).toFixed(1)} min.`
              : `Not yet: \`./gl infra rebuild ${name} --from ${failed.name}\` goes on.`,
          );
          return failed === undefined ? exitCodes.well : exitCodes.failed;
        } finally {
          await parts.close();
        }
      }),
    );
