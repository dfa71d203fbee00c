import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withRunningGraph } from '@gospelib/data-ops';
import { activeVersion, type GraphStore, keys } from '@gospelib/graph';
import {
  descendants,
  followGl,
  type GlResult,
  ownedByThisProcess,
  runGl,
  spawnGl,
} from '@gospelib/processes';
import {
  type LocalConfig,
  LocalEnvironment,
  originOf,
  portIn,
  readLocalConfig,
} from '@gospelib/supervisor';
import { freePorts } from '../../free-ports.ts';
import { makePreviousVersion } from './previous.version.ts';

/** A platform of its own in a temporary folder: what is broken here is nobody's. */
export interface Stack {
  environment: LocalEnvironment;
  /** Of the environment. */
  config: LocalConfig;
  origin: string;
  /** The version that is active when nothing is broken, and, in a stack of drills, one before it with the same content. */
  version: string;
  previous: string;
  /** Runs a verb as a person would, from this release or another one. */
  gl(args: readonly string[], root?: string): Promise<GlResult>;
  /** As `gl`, but told no ports: the data folder must know them. */
  glByData(args: readonly string[]): Promise<GlResult>;
  /** Does something to the graph store behind everybody's back. */
  graph<T>(work: (store: GraphStore) => Promise<T>): Promise<T>;
  /** A Cypher statement on a graph, the active one's main copy when no key is given. */
  cypher(statement: string, key?: string): Promise<unknown>;
}

export interface StartedStack extends Stack {
  stop(): Promise<void>;
}

/** Limits count by address, and all readers of a drill have one; little is cached, so that damage shows. */
export const drillSettings = {
  RATE_LIMIT_PER_MINUTE: '100000000',
  RATE_LIMIT_USER_PER_MINUTE: '100000000',
  WORK_MS_PER_USER: '100000000',
  ANSWER_CACHE_MB: '1',
};

/** Starts one and prepares it. */
export async function startStack(
  base: LocalConfig,
  say: (line: string) => void,
  keep: boolean,
): Promise<StartedStack> {
  const data = mkdtempSync(join(tmpdir(), 'gospelib-drill-'));
  const portBase = String(await freePorts());
  const { FALKORDB_URL, REDIS_URL, DATABASE_URL, GOSPELIB_BACKUPS, ...inherited } = base.env;
  // Other releases are built from the same sources but for a few: what was built once is not built again.
  const cache = { NX_CACHE_DIRECTORY: base.nxCacheDir };
  // It runs in the background: whoever started it and is killed takes it along.
  const env = { ...inherited, ...drillSettings, ...cache, ...ownedByThisProcess() };
  const config = readLocalConfig(base.root, { data, portBase }, env);
  const stop = async () => {
    await glOf(config)(['down']);
    if (keep) say(`kept: ${data}`);
    else rmSync(data, { recursive: true, force: true });
  };
  try {
    say(`a stack in ${data}, ports from ${portBase}`);
    await expectOk(glOf(config)(['up', '--detach']));
    const stack = await openStack(config);
    await prepareStack(stack);
    say(`corpus ${stack.version}, and ${stack.previous} before it`);
    return { ...stack, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Gives a running platform a version before the active one, and a verified backup of graph and database. */
async function prepareStack(stack: Stack): Promise<void> {
  await stack.graph((store) => makePreviousVersion(store, stack));
  // Takes the first backups; whatever else it finds wrong here would be a fault of its own.
  await expectOk(stack.gl(['recover', '--execute']));
}

/** A running platform as it is. @throws Error when it has no corpus */
export async function openStack(config: LocalConfig): Promise<Stack> {
  const environment = new LocalEnvironment(config);
  const gl = glOf(config);
  const graph: Stack['graph'] = (work) => withRunningGraph(environment, work);
  const version = await graph(activeVersion);
  if (version === undefined) throw new Error('The stack has no corpus.');
  const previous = `000000000000${version.slice(12)}`;
  const cypher: Stack['cypher'] = (statement, key = keys.graph(version)) =>
    graph((store) => store.send(['GRAPH.QUERY', key, statement], 60_000));
  const glByData: Stack['glByData'] = (args) =>
    runGl(config.root, [...args, '--data', config.dataDir], { env: withoutColour(config) });
  const origin = originOf(config);
  return { environment, config, origin, version, previous, gl, glByData, graph, cypher };
}

function glOf(config: LocalConfig): Stack['gl'] {
  return (args, root = config.root) =>
    runGl(root, [...args, ...placeOf(config)], { env: withoutColour(config) });
}

export interface StartedGl {
  /** Resolves when what it has said so far matches. Rejects when it ends without. */
  says(what: RegExp): Promise<void>;
  /** To it and everything that it has started. */
  signal(signal: NodeJS.Signals): void;
  ended: Promise<GlResult>;
}

/** Starts a verb and leaves it running. */
export function startGl({ config }: Stack, args: readonly string[], root = config.root): StartedGl {
  const child = spawnGl(root, [...args, ...placeOf(config)], {
    env: withoutColour(config),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { said, ended } = followGl(child);
  let over = false;
  void ended.then(() => {
    over = true;
  });
  return {
    ended,
    says: async (what) => {
      while (!what.test(said.stdout + said.stderr)) {
        if (over) throw new Error(`gl ended without saying ${what}:\n${said.stderr}`);
        await sleep(5);
      }
    },
    signal: (signal) => {
      const { pid } = child;
      if (pid === undefined) return;
      for (const one of [pid, ...descendants(pid)]) process.kill(one, signal);
    },
  };
}

export async function expectOk(running: Promise<GlResult>): Promise<GlResult> {
  const result = await running;
  if (result.code === 0) return result;
  throw new Error(`gl ended with ${result.code}:\n${result.stderr}${result.stdout}`);
}

function placeOf({ dataDir, ports }: LocalConfig): string[] {
  return ['--data', dataDir, '--port-base', String(portIn(ports, 'gateway'))];
}

function withoutColour({ env }: LocalConfig): NodeJS.ProcessEnv {
  return { ...env, NO_COLOR: '1' };
}
