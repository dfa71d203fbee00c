import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { OperatorError } from '@gospelib/cli-kit';

const run = promisify(execFile);

/** What Compose is to be told. */
export interface ComposeProject {
  /** What needs it, for messages: `The observability of one machine`. */
  what: string;
  /** Later ones change what earlier ones say. */
  files: readonly string[];
  /** Parts that are started only when they are named. */
  profiles?: readonly string[];
  /** Ports, folders and secrets by variable, beside what Docker itself needs. */
  env: NodeJS.ProcessEnv;
}

/** @throws OperatorError that says what is missing */
async function requireCompose({ what, env }: ComposeProject): Promise<void> {
  const says = async (...words: string[]) => {
    try {
      await run('docker', words, { env });
      return true;
    } catch {
      return false;
    }
  };
  const runs = `${what} runs in containers.`;
  const meaning = 'Nothing was started; `./gl up` itself needs no Docker.';
  if (!(await says('--version'))) {
    throw new OperatorError(`${runs} Docker is not installed.`, 'Install Docker, then try again.', {
      meaning,
    });
  }
  if (!(await says('compose', 'version'))) {
    const remedy = 'Install the plugin docker-compose-v2 (Docker Desktop has it), then try again.';
    throw new OperatorError(`${runs} Docker Compose is not installed.`, remedy, { meaning });
  }
  if (!(await says('info', '--format', '{{.ServerVersion}}'))) {
    const remedy = 'Start it (`sudo systemctl start docker`, or Docker Desktop), then try again.';
    throw new OperatorError(`${runs} Docker’s daemon does not answer.`, remedy, { meaning });
  }
}

/** Runs Compose, with its own words for whoever watches. @throws OperatorError */
export async function compose(project: ComposeProject, ...words: string[]): Promise<void> {
  await requireCompose(project);
  const chosen = choice(project);
  const child = spawn('docker', ['compose', ...chosen, ...words], {
    env: project.env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  if (code === 0) return;
  throw new OperatorError(
    `docker compose ${words[0]} ended with ${code}; its own words are above.`,
    `\`docker compose ${chosen.join(' ')} logs\` has those of the containers.`,
  );
}

/** Images of a project that this machine does not have. @throws OperatorError where there is no Docker */
export async function missingImages(project: ComposeProject): Promise<string[]> {
  await requireCompose(project);
  const { env } = project;
  const words = ['compose', ...choice(project), 'config', '--images'];
  const { stdout } = await run('docker', words, { env });
  const images = [...new Set(stdout.trim().split('\n'))].sort();
  const there = await Promise.all(
    images.map((image) => run('docker', ['image', 'inspect', image], { env }).catch(() => null)),
  );
  return images.filter((_, index) => there[index] === null);
}

function choice({ files, profiles = [] }: ComposeProject): string[] {
  return [
    ...files.flatMap((file) => ['--file', file]),
    ...profiles.flatMap((profile) => ['--profile', profile]),
  ];
}
