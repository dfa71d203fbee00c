import {
  exitCodes,
  OperatorError,
  type Reporter,
  TerminalReporter,
  UsageError,
} from '@gospelib/cli-kit';
import { platform, processNames } from '@gospelib/platform';
import {
  type LocalConfig,
  LocalPlatform,
  originOf,
  portIn,
  runningOrigin,
  startDetached,
  startedHere,
} from '@gospelib/supervisor';
import colors from 'picocolors';
import type { Context, Verb } from '../verb.ts';

interface UpOptions {
  detach?: boolean;
  compose?: boolean;
  observability?: boolean;
  sources: boolean;
  dryRun?: boolean;
}

/** Starts everything and stays until it is told to end; with `detach` it leaves it running. */
export const up: Verb = (program, run) =>
  program
    .command('up')
    .description('start the stores and services, ingesting the corpus the first time')
    .option('-d, --detach', 'return when it is ready and leave it running')
    .option('--compose', 'in containers, by Docker Compose, from the sources of this clone')
    .option('--no-sources', 'with --compose: what the images hold, as in a cluster')
    .option('--observability', 'with --compose: and Grafana with what it shows')
    .option('--dry-run', 'say what would be started')
    .action(
      run(async (context, options: UpOptions) => {
        const { config } = context;
        if (options.compose === true) {
          const { upInContainers } = await import('./compose.up.ts');
          await upInContainers(config, new TerminalReporter(), options);
          return 0;
        }
        if (options.observability === true || !options.sources) {
          throw new UsageError('--observability and --no-sources belong to --compose.');
        }
        if (options.dryRun === true) {
          describe(config);
          return 0;
        }
        const reporter = new TerminalReporter();
        const running = runningOrigin(config);
        if (running !== undefined) return alreadyRunning(config, running, reporter);
        if (options.detach === true) {
          const unready = await startDetached(config, reporter);
          announce(config, reporter, '`./gl down` ends it', unready);
          return unready.length === 0 ? exitCodes.well : exitCodes.repairable;
        }
        return supervisePlatform(context, reporter, (unready) =>
          announce(config, reporter, 'Ctrl-C ends it', unready),
        );
      }),
    );

/** Runs a platform in this process until a signal. Resolves with the exit code. */
export async function supervisePlatform(
  { config, environment }: Context,
  reporter: Reporter,
  whenReady: (unready: readonly string[]) => void,
): Promise<number> {
  const { platformData } = await import('../platform.data.ts');
  const data = await platformData(environment, config);
  const local = await LocalPlatform.open(config, data, reporter);
  const ended = Promise.withResolvers<void>();
  let asked = false;
  const end = (signal: NodeJS.Signals) => {
    if (asked) return;
    asked = true;
    reporter.say(`${signal}: ending services and stores…`);
    local.stop().then(ended.resolve, ended.reject);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  try {
    whenReady(await local.start());
  } catch (error) {
    await local.stop();
    if (!asked) throw error; // else it was told to end while starting
  }
  await ended.promise;
  reporter.say('nothing is left running');
  return 0;
}

function announce(
  config: LocalConfig,
  reporter: Reporter,
  hint: string,
  unready: readonly string[],
): void {
  const origin = colors.bold(originOf(config));
  if (unready.length === 0) {
    reporter.say(`ready: read at ${origin}  (${hint})`);
    return;
  }
  for (const reason of unready) reporter.say(reason);
  reporter.say(
    `not all is ready; the rest runs at ${origin}. \`./gl recover\` says what helps  (${hint})`,
  );
}

/** Nothing is wrong with that, unless it was to run elsewhere. @throws OperatorError */
function alreadyRunning(config: LocalConfig, origin: string, reporter: Reporter): number {
  if (origin !== originOf(config)) {
    throw new OperatorError(
      `GospeLib runs on ${config.dataDir} already, at ${origin}; it was not moved.`,
      '`./gl down` ends it; --data starts another beside it.',
    );
  }
  reporter.say(`GospeLib runs already: read at ${colors.bold(origin)}  (\`./gl down\` ends it)`);
  return 0;
}

function describe(config: LocalConfig): void {
  const here = startedHere(config);
  const lines = processNames(platform).map((name) => {
    const where = here.includes(name)
      ? `port ${portIn(config.ports, name)}`
      : 'from the environment, not started';
    return `  ${name.padEnd(11)} ${where}`;
  });
  console.log(
    `Would build what has changed and start, with state in ${config.dataDir}:\n${lines.join('\n')}\nand ingest the corpus when the store holds none.`,
  );
}
