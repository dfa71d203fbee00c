import { printResult } from '@gospelib/cli-kit';
import type { PrintOptions, Verb } from '../verb.ts';

interface TestOptions extends PrintOptions {
  only?: string;
}

/** Runs the checks and tells what became of them. Exit code 1 when anything failed or nothing ran. */
export const test: Verb = (program, run) =>
  program
    .command('test')
    .description(
      'check everything: lint, boundaries, types, advisories, unit, integration, build, whole system',
    )
    .option(
      '--only <kinds>',
      'comma-separated: lint, boundaries, typecheck, advisories, unit, integration, build, e2e, images, cluster, compose, observe, infra, drills, ship, python, go',
    )
    .option('--json', 'the result as JSON')
    .action(
      run(async ({ config }, { only, json }: TestOptions) => {
        const { renderSummary, runChecks } = await import('@gospelib/workspace');
        const stream = json === true ? 'stderr' : 'stdout';
        const summary = await runChecks(config, { only, stream });
        printResult(json, summary, () => renderSummary(summary));
        return summary.ok ? 0 : 1;
      }),
    );
