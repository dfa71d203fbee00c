import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { printResult } from '@gospelib/cli-kit';
import { chooseBase, githubAccess, lastSuccess } from '@gospelib/delivery';
import { findProjects } from '@gospelib/workspace';
import type { PrintOptions, Verb } from '../verb.ts';
import { ciProduction } from './production.verb.ts';

const run = promisify(execFile);

interface AffectedOptions extends PrintOptions {
  branch: string;
  workflow: string;
}

/** What a workflow has to look at: everything that changed since its last success, or everything. */
const affected: Verb = (ci, how) =>
  ci
    .command('affected')
    .description(
      'the projects that changed since a workflow last succeeded on a branch, or all of them',
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
        const all = [...findProjects(root).keys()].toSorted();
        const projects = base === undefined ? all : await affectedProjects(root, env, base);
        const found = { base, why, projects };
        if (env.GITHUB_OUTPUT) {
          appendFileSync(
            env.GITHUB_OUTPUT,
            `projects=${projects.join(',')}\nany=${projects.length > 0}\n`,
          );
        }
        printResult(json, found, () => `${why}\n${projects.join('\n')}`);
        return 0;
      }),
    );

async function affectedProjects(
  root: string,
  env: NodeJS.ProcessEnv,
  base: string,
): Promise<readonly string[]> {
  const args = ['show', 'projects', '--affected', `--base=${base}`, '--json'];
  const { stdout } = await run('nx', args, { cwd: root, env, maxBuffer: 1 << 24 });
  return JSON.parse(stdout) as string[];
}

export const ciVerbs: readonly Verb[] = [affected, ciProduction];
