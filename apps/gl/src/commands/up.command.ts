import type { Reporter } from '@gospelib/cli-kit';
import { TerminalReporter } from '@gospelib/cli-kit';
import colors from 'picocolors';
import { type Config, originOf } from '../config.ts';
import { partNames } from '../ports.ts';
import { startDetached } from '../supervisor/detached.ts';
import { Platform } from '../supervisor/platform.ts';

export interface UpOptions {
  detach?: boolean;
  dryRun?: boolean;
}

/** Starts everything and stays until it is told to end; with `detach` it leaves it running. */
export async function up(config: Config, options: UpOptions): Promise<number> {
  if (options.dryRun === true) {
    describe(config);
    return 0;
  }
  const watcher = new TerminalReporter();
  if (options.detach === true) {
    await startDetached(config, watcher);
    announce(config, watcher, '`./gl down` ends it');
    return 0;
  }
  return runPlatform(config, watcher, () => announce(config, watcher, 'Ctrl-C ends it'));
}

/** Runs a platform in this process until a signal. Resolves with the exit code. */
export async function runPlatform(
  config: Config,
  watcher: Reporter,
  whenReady: () => void,
): Promise<number> {
  const platform = await Platform.open(config, watcher);
  const ended = Promise.withResolvers<void>();
  let asked = false;
  const end = (signal: NodeJS.Signals) => {
    if (asked) return;
    asked = true;
    watcher.say(`${signal}: ending services and stores…`);
    platform.stop().then(ended.resolve, ended.reject);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  try {
    await platform.start();
    whenReady();
  } catch (error) {
    await platform.stop();
    if (!asked) throw error; // else it was told to end while starting
  }
  await ended.promise;
  watcher.say('nothing is left running');
  return 0;
}

function announce(config: Config, watcher: Reporter, hint: string): void {
  watcher.say(`ready: read at ${colors.bold(originOf(config))}  (${hint})`);
}

function describe(config: Config): void {
  const lines = partNames.map((name) => {
    const external = name in config.external;
    return `  ${name.padEnd(11)} ${external ? 'from the environment, not started' : `port ${config.ports[name]}`}`;
  });
  console.log(
    `Would build what has changed and start, with state in ${config.dataDir}:\n${lines.join('\n')}\nand ingest the corpus when the store holds none.`,
  );
}
