import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ownedByThisProcess } from '@gospelib/processes';
import { freePorts } from './free-ports.ts';

const run = promisify(execFile);
export const repository = resolve(import.meta.dirname, '../..');

/** One running part of the platform, as `./gl status --json` tells of it. */
export interface Part {
  readonly name: string;
  readonly state: string;
  readonly pid?: number;
  readonly port?: number;
  /** Resident memory in bytes. */
  readonly memory?: number;
}

/** Where a platform keeps its state and which ports it takes: what every verb of `./gl` needs to find it. */
export interface Place {
  readonly data: string;
  readonly portBase: number;
  /** Another clone; this one when left out. */
  readonly root?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A running platform, spoken to as its user would: by `./gl`. */
export interface Platform {
  readonly origin: string;
  parts(): Promise<readonly Part[]>;
  part(name: string): Promise<Part>;
  /** Runs a verb and answers with its standard output. */
  gl(...args: string[]): Promise<string>;
}

export function platformAt({ data, portBase, root = repository, env = {} }: Place): Platform {
  const gl = async (...args: string[]): Promise<string> => {
    const where = ['--data', data, '--port-base', String(portBase)];
    const { stdout } = await run(join(root, 'gl'), [...args, ...where], {
      cwd: root,
      env: { ...process.env, ...env },
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  };
  const parts = async (): Promise<readonly Part[]> => {
    const status = JSON.parse(await gl('status', '--json')) as { readonly parts: readonly Part[] };
    return status.parts;
  };
  return {
    origin: `http://localhost:${portBase}`,
    gl,
    parts,
    async part(name) {
      const found = (await parts()).find((part) => part.name === name);
      if (found === undefined) throw new Error(`./gl status knows no part named ${name}`);
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
