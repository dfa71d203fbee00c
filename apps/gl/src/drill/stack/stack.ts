import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type GraphStore, keys } from '@gospelib/graph';
import { descendants } from '@gospelib/processes';
import { type Config, originOf, readConfig } from '../../config.ts';
import { openGraph } from '../../recover/stores.ts';
import { findPortStretch } from './port.stretch.ts';
import { makePreviousVersion } from './previous.version.ts';

export interface GlResult {
  code: number | null;
  stdout: string;
  stderr: string;
  /** From the call to its end, the start of the process included. */
  seconds: number;
}

/** A platform of its own in a temporary folder: what is broken here is nobody's. */
export interface Stack {
  config: Config;
  origin: string;
  /** The version that is active when nothing is broken, and one before it with the same content. */
  version: string;
  previous: string;
  /** Runs a verb as a person would, from this release or another one. */
  gl(args: readonly string[], root?: string): Promise<GlResult>;
  /** Does something to the graph store behind everybody's back. */
  graph<T>(work: (store: GraphStore) => Promise<T>): Promise<T>;
  /** A Cypher statement on a graph, the active one's main copy when no key is given. */
  cypher(statement: string, key?: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Limits count by address, and all readers of a drill have one; little is cached, so that damage shows. */
const SETTINGS = {
  RATE_LIMIT_PER_MINUTE: '100000000',
  RATE_LIMIT_USER_PER_MINUTE: '100000000',
  ANSWER_CACHE_MB: '1',
};

/** Starts one, with a version before the active one, and a verified backup of graph and database. */
export async function startStack(
  base: Config,
  say: (line: string) => void,
  keep: boolean,
): Promise<Stack> {
  const data = mkdtempSync(join(tmpdir(), 'gospelib-drill-'));
  const portBase = String(await findPortStretch());
  const { FALKORDB_URL, REDIS_URL, DATABASE_URL, GOSPELIB_BACKUPS, ...env } = base.env;
  // Other releases are built from the same sources but for a few: what was built once is not built again.
  const own = { ...SETTINGS, NX_CACHE_DIRECTORY: base.nxCacheDir };
  const config = readConfig({ data, portBase }, { ...env, ...own });
  const gl = (args: readonly string[], root = base.root) =>
    runGl(root, [...args, '--data', data, '--port-base', portBase], config.env);
  const stop = async () => {
    await gl(['down']);
    if (keep) say(`kept: ${data}`);
    else rmSync(data, { recursive: true, force: true });
  };
  try {
    say(`a stack in ${data}, ports from ${portBase}`);
    await expectOk(gl(['up', '--detach']));
    const graph: Stack['graph'] = (work) => openGraph(config, work);
    const { version, previous } = await graph(makePreviousVersion);
    say(`corpus ${version}, and ${previous} before it`);
    // Takes the first backups; whatever else it finds wrong here would be a fault of its own.
    await expectOk(gl(['recover', '--execute']));
    const cypher: Stack['cypher'] = (statement, key = keys.graph(version)) =>
      graph((store) => store.send(['GRAPH.QUERY', key, statement], 60_000));
    return { config, origin: originOf(config), version, previous, gl, graph, cypher, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export interface RunningGl {
  /** Resolves when what it has said so far matches. Rejects when it ends without. */
  says(what: RegExp): Promise<void>;
  /** With everything that it has started, at once. */
  kill(): void;
  ended: Promise<GlResult>;
}

async function runGl(root: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  return spawnGl(root, args, env).ended;
}

/** Starts a verb and leaves it running. */
export function startGl({ config }: Stack, args: readonly string[], root = config.root): RunningGl {
  const place = ['--data', config.dataDir, '--port-base', String(config.ports.gateway)];
  return spawnGl(root, [...args, ...place], config.env);
}

function spawnGl(root: string, args: readonly string[], env: NodeJS.ProcessEnv): RunningGl {
  const start = performance.now();
  const child = spawn(process.execPath, [join(root, 'apps/gl/src/main.ts'), ...args], {
    env: { ...env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  let over = false;
  const ended = once(child, 'close').then(([code]): GlResult => {
    over = true;
    return { code, ...said, seconds: (performance.now() - start) / 1000 };
  });
  return {
    ended,
    says: async (what) => {
      while (!what.test(said.stdout + said.stderr)) {
        if (over) throw new Error(`gl ended without saying ${what}:\n${said.stderr}`);
        await sleep(5);
      }
    },
    kill: () => {
      const { pid } = child;
      if (pid === undefined) return;
      for (const one of [pid, ...descendants(pid)]) process.kill(one, 'SIGKILL');
    },
  };
}

export async function expectOk(running: Promise<GlResult>): Promise<GlResult> {
  const result = await running;
  if (result.code === 0) return result;
  throw new Error(`gl ended with ${result.code}:\n${result.stderr}${result.stdout}`);
}
