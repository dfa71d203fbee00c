import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { OperatorError } from '@gospelib/cli-kit';

const run = promisify(execFile);

export interface Stack {
  /** The repository. */
  root: string;
  /** Ports and folders that the stack is told, by variable, beside what Docker itself needs. */
  env: NodeJS.ProcessEnv;
}

/** @throws OperatorError that says what is missing */
async function requireCompose(env: NodeJS.ProcessEnv): Promise<void> {
  const says = async (...words: string[]) => {
    try {
      await run('docker', words, { env });
      return true;
    } catch {
      return false;
    }
  };
  const what = 'The observability of one machine runs in containers.';
  const meaning = 'Nothing was started; the platform itself needs none of it.';
  if (!(await says('--version'))) {
    throw new OperatorError(`${what} Docker is not installed.`, 'Install Docker, then try again.', {
      meaning,
    });
  }
  if (!(await says('compose', 'version'))) {
    const remedy = 'Install the plugin docker-compose-v2 (Docker Desktop has it), then try again.';
    throw new OperatorError(`${what} Docker Compose is not installed.`, remedy, { meaning });
  }
  if (!(await says('info', '--format', '{{.ServerVersion}}'))) {
    const remedy = 'Start it (`sudo systemctl start docker`, or Docker Desktop), then try again.';
    throw new OperatorError(`${what} Docker’s daemon does not answer.`, remedy, { meaning });
  }
}

/** Runs Compose on infra/observability, with its own words for whoever watches. @throws OperatorError */
export async function compose({ root, env }: Stack, ...words: string[]): Promise<void> {
  await requireCompose(env);
  const file = join(root, 'infra/observability/compose.yaml');
  const child = spawn('docker', ['compose', '--file', file, ...words], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  if (code === 0) return;
  throw new OperatorError(
    `docker compose ${words[0]} ended with ${code}; its own words are above.`,
    `\`docker compose --file ${file} logs\` has those of the containers.`,
  );
}
