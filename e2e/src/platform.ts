import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { EnvironmentStatus, ProcessStatus } from '@gospelib/environment';
import { ownedByThisProcess, runGl } from '@gospelib/processes';
import { LocalEnvironment, readLocalConfig } from '@gospelib/supervisor';
import { freePorts } from './free-ports.ts';

export const repository = resolve(import.meta.dirname, '../..');

/** Where a platform keeps its state and which ports it takes: what every verb of `./gl` needs to find it. */
export interface Place {
  readonly data: string;
  readonly portBase: number;
  /** Another clone; this one when left out. */
  readonly root?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Where mails are read as JSON, when they do not land in the data folder. */
  readonly mails?: string;
}

/** A running platform, spoken to as its user would: by `./gl`. */
export interface Platform {
  readonly origin: string;
  /** What `./gl status` shows, read without a process of its own: it is asked over and over. */
  status(): Promise<EnvironmentStatus>;
  process(name: string): Promise<ProcessStatus>;
  /** Runs a verb and answers with its standard output. Rejects with `code` and `stderr` when it does not end with 0. */
  gl(...args: string[]): Promise<string>;
}

export function platformAt({ data, portBase, root = repository, env = {} }: Place): Platform {
  const inherited = { ...process.env, ...env };
  const gl = async (...args: string[]): Promise<string> => {
    const placed = [...args, '--data', data, '--port-base', String(portBase)];
    const { code, stdout, stderr } = await runGl(root, placed, { cwd: root, env: inherited });
    if (code === 0) return stdout;
    const what = `gl ${args.join(' ')} ended with ${code}:\n${stderr}${stdout}`;
    throw Object.assign(new Error(what), { code, stderr });
  };
  const status = () => {
    const config = readLocalConfig(root, { data, portBase: String(portBase) }, inherited);
    return new LocalEnvironment(config).status();
  };
  return {
    origin: `http://localhost:${portBase}`,
    gl,
    status,
    async process(name) {
      const found = (await status()).processes.find((one) => one.name === name);
      if (found === undefined) throw new Error(`./gl status knows no process named ${name}`);
      return found;
    },
  };
}

export interface StartedPlatform extends Platform {
  readonly place: Place;
  /** Seconds from the command to its end, when the platform serves. */
  readonly startSeconds: number;
  stop(): Promise<void>;
}

/** Starts a platform by `./gl up --detach`, in a temporary folder unless `data` names one. */
export async function startPlatform(
  options: Partial<Omit<Place, 'portBase'>> = {},
): Promise<StartedPlatform> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'gospelib-e2e-')));
  // It runs in the background: whoever started it and is killed takes it along.
  const env = { ...options.env, ...ownedByThisProcess() };
  const place = { ...options, env, data, portBase: await freePorts() };
  const platform = platformAt(place);
  const start = performance.now();
  await platform.gl('up', '--detach');
  return {
    ...platform,
    place,
    startSeconds: (performance.now() - start) / 1000,
    async stop() {
      await platform.gl('down');
      if (options.data === undefined) await rm(data, { recursive: true, force: true });
    },
  };
}
