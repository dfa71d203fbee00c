import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What stands for each action: nothing is done by it. A clone, Node, cosign and the ways into a cloud are what the machine has
 * already; provenance is not made.
 */
const NOTHING = 'name: replaced\nruns: {using: composite, steps: [{run: "true", shell: bash}]}\n';
const TIMEOUT_MS = 240_000;

export interface WorkflowRun {
  /** The clone whose workflow it is, at the commit that is checked out. */
  root: string;
  /** Below `.github/workflows`. */
  file: string;
  /** As `refs/tags/…`. */
  ref: string;
  env: NodeJS.ProcessEnv;
  secrets: Readonly<Record<string, string>>;
  /** Of the repository’s settings. */
  vars?: Readonly<Record<string, string>>;
  /** This one and those that it needs; all when left out. */
  job?: string;
  /** For what stands in the place of others’ actions and programs. */
  folder: string;
}

/**
 * Executes a workflow as it is, by act (github.com/nektos/act) on this machine. Replaced are the actions of others, and `aws`,
 * whose kubeconfig is the one that there is. @returns whether it succeeded, and what it said
 */
export async function runWorkflow(
  run: WorkflowRun,
): Promise<{ succeeded: boolean; said: string; replaced: readonly string[] }> {
  const { root, file, ref, env, secrets, vars = {}, job, folder } = run;
  const actions = usedActions(join(root, '.github/workflows'));
  const [stub, programs] = [join(folder, 'action'), join(folder, 'programs')];
  for (const path of ['', ...actions.map(({ path }) => path)]) {
    mkdirSync(join(stub, path), { recursive: true });
    writeFileSync(join(stub, path, 'action.yml'), NOTHING);
  }
  mkdirSync(programs, { recursive: true });
  writeFileSync(join(programs, 'aws'), '#!/bin/sh\nexit 0\n');
  chmodSync(join(programs, 'aws'), 0o755);
  const own = { GITHUB_REF: ref, GIT_CONFIG_GLOBAL: join(folder, 'gitconfig'), ...env };
  const args = [
    ...['push', '--workflows', `.github/workflows/${file}`, '--no-cache-server'],
    ...['--platform', 'ubuntu-24.04=-self-hosted', '--action-cache-path', join(folder, 'cache')],
    ...Object.entries(own).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...Object.entries(secrets).flatMap(([name, value]) => ['--secret', `${name}=${value}`]),
    ...Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}=${value}`]),
    ...(job === undefined ? [] : ['--job', job]),
    ...actions.flatMap(({ repository, commit }) => [
      '--local-repository',
      `https://github.com/${repository}@${commit}=${stub}`,
    ]),
  ];
  const PATH = `${programs}:${process.env.PATH}`;
  return new Promise((resolve) => {
    const options = {
      cwd: root,
      env: { ...process.env, PATH },
      timeout: TIMEOUT_MS,
      maxBuffer: 1e8,
    };
    execFile('act', args, options, (error, stdout, stderr) =>
      resolve({
        succeeded: error === null,
        said: stdout + stderr,
        replaced: actions.map(({ repository }) => repository),
      }),
    );
  });
}

function usedActions(workflows: string) {
  const texts = readdirSync(workflows).map((name) => readFileSync(join(workflows, name), 'utf8'));
  const uses = texts.flatMap((text) => [...text.matchAll(/uses: ([^\s@]+)@([0-9a-f]{40})/g)]);
  return uses.map(([, action = '', commit = '']) => {
    const [owner, name, ...path] = action.split('/');
    return { repository: `${owner}/${name}`, path: path.join('/'), commit };
  });
}
