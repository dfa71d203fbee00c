import { appendFileSync } from 'node:fs';
import { printResult } from '@gospelib/cli-kit';
import { chooseBase, githubAccess, lastSuccess } from '@gospelib/delivery';
import { affectedTargets, ciJobs } from '@gospelib/workspace';
import type { PrintOptions, Verb } from '../verb.ts';
import { ciProduction } from './production.verb.ts';

interface AffectedOptions extends PrintOptions {
  branch: string;
  workflow: string;
}

/** What a workflow has to look at: everything that changed since its last success, or everything. */
const affected: Verb = (ci, how) =>
  ci
    .command('affected')
    .description(
      'what has to run for what changed since a workflow last succeeded on a branch, or all of it',
    )
    .option('--branch <name>', 'where the success counts', 'main')
    .option('--workflow <file>', 'whose success counts', 'ci.yml')
    .option('--json', 'as JSON; in a workflow its outputs are written, too')
    .action(
      how(async ({ config: { root, env } }, { branch, workflow, json }: AffectedOptions) => {
        const success = env.GITHUB_TOKEN
          ? await lastSuccess(githubAccess(env), workflow, branch)
          : undefined;
        const { base, why } = await chooseBase(root, success);
        const targets = await affectedTargets({ root, env }, base);
        const jobs = ciJobs(targets);
        if (env.GITHUB_OUTPUT) {
          const lines = Object.entries(jobs).map(([name, value]) => `${name}=${value}\n`);
          appendFileSync(env.GITHUB_OUTPUT, lines.join(''));
        }
        printResult(json, { base, why, jobs, targets }, () => `${why}\n${targets.join('\n')}`);
        return 0;
      }),
    );

export const ciVerbs: readonly Verb[] = [affected, ciProduction];
