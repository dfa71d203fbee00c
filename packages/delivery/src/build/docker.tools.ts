import { OperatorError } from '@gospelib/cli-kit';
import { runCommand } from './command.run.ts';

const HELP =
  'Install Docker with its buildx plugin (https://docs.docker.com/engine/install), then make a builder that can write OCI images: ' +
  'docker buildx create --use --driver docker-container. docs/operations/images.md tells how to go without a Docker daemon.';

/** What is missing on this machine to build images; undefined: nothing. */
async function missingTools(root: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const args = ['buildx', 'inspect', '--bootstrap'];
    const quiet = () => {};
    const { signal } = new AbortController();
    const lines = await runCommand({ command: 'docker', args, cwd: root, env }, quiet, signal);
    const driver = lines.find((line) => line.startsWith('Driver:'))?.replace(/^Driver:\s*/, '');
    return driver === 'docker'
      ? 'The builder of buildx is Docker’s own, which writes no reproducible images.'
      : undefined;
  } catch (error) {
    return `docker buildx does not work here: ${(error as Error).message}`;
  }
}

/** @throws OperatorError with what is missing and how to get it */
export async function requireTools(root: string, env: NodeJS.ProcessEnv): Promise<void> {
  const missing = await missingTools(root, env);
  if (missing !== undefined) throw new OperatorError(`${missing}\nNo image was built.`, HELP);
}
