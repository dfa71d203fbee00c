import { printResult } from '@gospelib/cli-kit';
import { InvalidArgumentError } from 'commander';
import type { PrintOptions, Verb } from '../verb.ts';

interface TestOptions extends PrintOptions {
  only?: string;
  part?: string;
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
    .option(
      '--part <i/n>',
      'one of n parts of the whole-system tests: for machines side by side',
      parsePart,
    )
    .option('--json', 'the result as JSON')
    .action(
      run(async ({ config }, { only, part, json }: TestOptions) => {
        const { renderSummary, runChecks } = await import('@gospelib/workspace');
        const stream = json === true ? 'stderr' : 'stdout';
        const summary = await runChecks(config, { only, part, stream });
        printResult(json, summary, () => renderSummary(summary));
        return summary.ok ? 0 : 1;
      }),
    );

function parsePart(text: string): string {
  const [, part = 0, of = 0] = (/^(\d)\/(\d)$/.exec(text) ?? []).map(Number);
  if (part >= 1 && part <= of) return text;
  throw new InvalidArgumentError('1/3, for instance');
}
