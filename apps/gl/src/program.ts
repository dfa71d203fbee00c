import { Command, Option } from 'commander';
import type { GraphOptions } from './commands/graph.command.ts';
import type { RestoreCommandOptions } from './commands/graph-backup.command.ts';
import type { KeysOptions } from './commands/keys.command.ts';
import type { LogsOptions } from './commands/logs.command.ts';
import type { MailOptions } from './commands/mail.command.ts';
import type { TestOptions } from './commands/test.command.ts';
import type { UpOptions } from './commands/up.command.ts';
import { type GlobalOptions, readConfig } from './config.ts';
import { addDatabaseCommands } from './database.program.ts';
import { parseCount, type Run } from './program.run.ts';
import { addRecoveryCommands } from './recovery.program.ts';

interface PrintOptions {
  json?: boolean;
}

/** The command line; `finish` gets the exit code of the command that ran. Commands are loaded when called. */
export function buildProgram(finish: (code: number) => void): Command {
  const program = new Command('gl')
    .description('GospeLib on one machine.')
    .option('--data <dir>', 'where state lives: stores, logs (GOSPELIB_DATA; default .gl)')
    .option(
      '--port-base <n>',
      'first port of all: gateway n, reader n+10, content n+20, accounts n+30, study n+40, FalkorDB n+50, Redis n+51, PostgreSQL n+52 (GOSPELIB_PORT_BASE)',
    )
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help tells more)')
    .exitOverride();

  const run: Run =
    (verb) =>
    async (...args) =>
      finish(await verb(readConfig(program.opts<GlobalOptions>()), ...args));

  program
    .command('up')
    .description('start the stores and services, ingesting the corpus the first time')
    .option('-d, --detach', 'return when it is ready and leave it running')
    .option('--dry-run', 'say what would be started')
    .action(
      run(async (config, options: UpOptions) =>
        (await import('./commands/up.command.ts')).up(config, options),
      ),
    );

  program
    .command('down')
    .description('end everything that runs here')
    .option('--dry-run', 'say what would be ended')
    .action(
      run(async (config, options: { dryRun?: boolean }) =>
        (await import('./commands/down.command.ts')).down(config, options),
      ),
    );

  program
    .command('status')
    .description('show each part: state, process, port, uptime, memory')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: PrintOptions) =>
        (await import('./commands/status.command.ts')).status(config, options),
      ),
    );

  program
    .command('logs')
    .description('print the last lines of a log, or of all')
    .argument(
      '[name]',
      'falkordb, redis, postgresql, content, accounts, study, reader, gateway, ingest or gl',
    )
    .option('-f, --follow', 'go on with new lines')
    .option('-n, --lines <n>', 'how many lines of each', parseCount, 50)
    .action(
      run(async (config, name: string | undefined, options: LogsOptions) =>
        (await import('./commands/logs.command.ts')).logs(config, name, options),
      ),
    );

  program
    .command('doctor')
    .description('say what is wrong with this machine and what to do')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: PrintOptions) =>
        (await import('./commands/doctor.command.ts')).doctor(config, options),
      ),
    );

  program
    .command('test')
    .description(
      'check everything: lint, boundaries, types, unit, integration, build, whole system',
    )
    .option(
      '--only <kinds>',
      'comma-separated: lint, boundaries, typecheck, unit, integration, build, e2e',
    )
    .option('--json', 'the result as JSON')
    .action(
      run(async (config, options: TestOptions) =>
        (await import('./commands/test.command.ts')).test(config, options),
      ),
    );

  program
    .command('corpus')
    .description('show the active corpus: version, counts, sources')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: PrintOptions) =>
        (await import('./commands/corpus.command.ts')).corpus(config, options),
      ),
    );

  program
    .command('mail')
    .description('show the mails that accounts wrote on this machine, the newest first')
    .argument('[address]', 'only those to this address')
    .option('-n, --last <n>', 'how many at most', parseCount, 5)
    .option('--json', 'as JSON')
    .action(
      run(async (config, address: string | undefined, options: MailOptions) =>
        (await import('./commands/mail.command.ts')).mail(config, address, options),
      ),
    );

  addGraphCommands(program, run);
  addDatabaseCommands(program, run);
  addRecoveryCommands(program, run);
  addKeysCommands(program, run);

  passThrough(program, 'ingest', 'read the sources into the graph (--help tells its flags)').action(
    run(async (config, _options: unknown, { args }: Command) =>
      (await import('./commands/ingest.command.ts')).ingest(config, args),
    ),
  );

  passThrough(program, 'bench', 'measure the platform (--help tells its flags)').action(
    run(async (config, _options: unknown, { args }: Command) =>
      (await import('./commands/bench.command.ts')).bench(config, args),
    ),
  );

  program
    .command('supervise', { hidden: true })
    .action(
      run(async (config) => (await import('./commands/supervise.command.ts')).supervise(config)),
    );

  return program;
}

/** The keys that sign the tokens of who is signed in. */
function addKeysCommands(program: Command, run: Run): void {
  const keys = program.command('keys').description('look after the keys that sign tokens');
  const commands = () => import('./commands/keys.command.ts');

  keys
    .command('list')
    .description('show each key: when it was published, since when it signs')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: KeysOptions) => (await commands()).keysList(config, options)),
    );

  keys
    .command('rotate')
    .description('publish the next key now; it signs ten minutes later, and nobody notices')
    .option('--dry-run', 'say what would be done')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: KeysOptions) => (await commands()).keysRotate(config, options)),
    );

  keys
    .command('replace')
    .description(
      'for keys that others may know: all are gone at once; whoever is signed in stays so and gets a new token',
    )
    .option('--dry-run', 'say what would be done')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: KeysOptions) => (await commands()).keysReplace(config, options)),
    );
}

/** The graph: versions in the store, and their backups. */
function addGraphCommands(program: Command, run: Run): void {
  const graph = program
    .command('graph')
    .description('look after the graph: versions, integrity, backups');
  const commands = () => import('./commands/graph.command.ts');

  graph
    .command('list')
    .description('show the versions that the store has')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: GraphOptions) => (await commands()).graphList(config, options)),
    );

  graph
    .command('verify')
    .description(
      'recompute everything of a version and name what differs; exit code 1 when anything does',
    )
    .argument('[version]', 'default: the active one')
    .option('--json', 'as JSON')
    .action(
      run(async (config, version: string | undefined, options: GraphOptions) =>
        (await commands()).graphVerify(config, version, options),
      ),
    );

  graph
    .command('activate')
    .description('verify a version and make it the active one')
    .argument('<version>')
    .option('--dry-run', 'only verify it')
    .option('--json', 'as JSON')
    .action(
      run(async (config, version: string, options: GraphOptions) =>
        (await commands()).graphActivate(config, version, options),
      ),
    );

  graph
    .command('rollback')
    .description('verify the version that was active before and go back to it')
    .option('--dry-run', 'only verify it')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: GraphOptions) =>
        (await commands()).graphRollback(config, options),
      ),
    );

  const backups = () => import('./commands/graph-backup.command.ts');

  graph
    .command('backup')
    .description(
      'back up the active version; it counts once it was restored into a scratch store and verified',
    )
    .option('--dry-run', 'only look whether the graph is sound')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: GraphOptions) => (await backups()).graphBackup(config, options)),
    );

  graph
    .command('backups')
    .description(
      'show the backups of graphs (GOSPELIB_BACKUPS says where; default: in the data folder)',
    )
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: GraphOptions) => (await backups()).graphBackups(config, options)),
    );

  graph
    .command('restore')
    .description('load a backup beside what is served, verify it and switch to it')
    .argument('<id>', 'of the backup')
    .addOption(
      new Option('--form <form>', 'default: the one that fits the engine').choices([
        'fast',
        'neutral',
      ]),
    )
    .option('--dry-run', 'say what would be restored')
    .option('--json', 'as JSON')
    .action(
      run(async (config, id: string, options: RestoreCommandOptions) =>
        (await backups()).graphRestore(config, id, options),
      ),
    );

  graph
    .command('prune')
    .description('drop versions that neither serve nor could be gone back to')
    .option('--dry-run', 'say what would be dropped')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: GraphOptions) => (await commands()).graphPrune(config, options)),
    );
}

/** A command whose flags belong to another program. */
function passThrough(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments();
}
