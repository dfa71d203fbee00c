import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodeHelp } from '@gospelib/cli-kit';
import { platform, portOf, processNames } from '@gospelib/platform';
import { Command } from 'commander';
import { completion } from './completion.verb.ts';
import { corpus } from './data/corpus.verb.ts';
import { ingest } from './data/ingest.verb.ts';
import { chooseEnvironment, type GlobalOptions, repositoryRoot } from './environment.choice.ts';
import { cost } from './infra/cost.verb.ts';
import { parity } from './infra/parity.verb.ts';
import { bench } from './local/bench.verb.ts';
import { doctor } from './local/doctor.verb.ts';
import { down } from './local/down.verb.ts';
import { logs } from './local/logs.verb.ts';
import { mail } from './local/mail.verb.ts';
import { restart } from './local/restart.verb.ts';
import { status } from './local/status.verb.ts';
import { supervise } from './local/supervise.verb.ts';
import { test } from './local/test.verb.ts';
import { up } from './local/up.verb.ts';
import { drill } from './recover/drill.verb.ts';
import { recover } from './recover/recover.verb.ts';
import { promote } from './release/promote.verb.ts';
import { release } from './release/release.verb.ts';
import { releases } from './release/releases.verb.ts';
import { rollback } from './release/rollback.verb.ts';
import { ship } from './ship/ship.verb.ts';
import { runHere, runVerbs } from './verb.run.ts';
import type { Run, Verb } from './verb.ts';

/** Verbs that belong together below a name; loaded when that name is called, or all are asked for. */
interface Group {
  name: string;
  description: string;
  load(): Promise<readonly Verb[]>;
}

const dataGroups: readonly Group[] = [
  {
    name: 'graph',
    description: 'look after the graph: versions, integrity, backups',
    load: async () => (await import('./data/graph/graph.verbs.ts')).graphVerbs,
  },
  {
    name: 'db',
    description: 'look after PostgreSQL: migrations, backups of what people made',
    load: async () => (await import('./data/db/db.verbs.ts')).dbVerbs,
  },
  {
    name: 'keys',
    description: 'look after the keys that sign tokens',
    load: async () => (await import('./data/keys/keys.verbs.ts')).keysVerbs,
  },
];

const observabilityGroups: readonly Group[] = [
  {
    name: 'observe',
    description: 'Grafana and what it shows, beside the platform of this machine',
    load: async () => (await import('./observe/observe.verbs.ts')).observeVerbs,
  },
];

const deliveryGroups: readonly Group[] = [
  {
    name: 'images',
    description: 'the images that a cluster runs: what there is, build, push',
    load: async () => (await import('./images/images.verbs.ts')).imagesVerbs,
  },
  {
    name: 'ci',
    description: 'what workflows ask',
    load: async () => (await import('./ci/affected.verb.ts')).ciVerbs,
  },
];

const clusterGroups: readonly Group[] = [
  {
    name: 'bake',
    description: 'how long what runs on staging is synced and healthy',
    load: async () => (await import('./ship/bake.verbs.ts')).bakeVerbs,
  },
  {
    name: 'hotfix',
    description: 'a fix from what production runs, with a shorter bake',
    load: async () => (await import('./release/hotfix.verbs.ts')).hotfixVerbs,
  },
  {
    name: 'cluster',
    description: 'set a cluster up: Argo CD and what it brings',
    load: async () => (await import('./cluster/cluster.verbs.ts')).clusterVerbs,
  },
];

const infraGroups: readonly Group[] = [
  {
    name: 'infra',
    description: 'everything at the provider: plan, apply, destroy, drift, the stored state',
    load: async () => (await import('./infra/infra.verbs.ts')).infraVerbs,
  },
];

/**
 * The command line.
 * @param words those that were typed
 * @param finish gets the exit code of the verb that ran
 */
export async function buildProgram(
  words: readonly string[],
  finish: (code: number) => void,
): Promise<Command> {
  const program = new Command('gl')
    .description('GospeLib, operated: run it, look after its data, recover it.')
    .version(versionOf(repositoryRoot), '--version', 'print the version')
    .option('--env <name>', 'where: local, or a cluster of infra/environments.json', 'local')
    .option('--yes', 'change an environment that asks before it is changed')
    .option('--why <text>', 'why an environment is changed: for the record of who did what')
    .option('--data <dir>', 'where state lives: stores, logs (GOSPELIB_DATA; default .gl)')
    .option('--port-base <n>', `first port of all: ${describePorts()} (GOSPELIB_PORT_BASE)`)
    .addHelpText('after', `\n${exitCodeHelp}`)
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help tells more)')
    .exitOverride();

  const choose = () => chooseEnvironment(program.opts<GlobalOptions>());
  const run = runVerbs(choose, finish);
  const here = runHere(choose, finish);

  const add = (parent: Command, verbs: readonly Verb[], how: Run = run) => {
    for (const verb of verbs) verb(parent, how);
  };
  program.commandsGroup('What runs:');
  add(program, [status, logs, restart]);
  program.commandsGroup('On this machine:');
  add(program, [up, down, doctor, mail, test, bench, supervise], here);

  program.commandsGroup('Data:');
  add(program, [corpus, ingest]);
  const addGroups = async (of: readonly Group[], how: Run = run) => {
    for (const { name, description, load } of of) {
      const parent = program.command(name).description(description);
      if (words.includes(name) || words.includes('completion')) add(parent, await load(), how);
    }
  };
  await addGroups(dataGroups);

  program.commandsGroup('Recovery:');
  add(program, [recover]);
  add(program, [drill], here);

  program.commandsGroup('Observability:');
  await addGroups(observabilityGroups, here);

  program.commandsGroup('Delivery:');
  add(program, [ship], here);
  add(program, [release, promote, rollback, releases]);
  await addGroups(deliveryGroups, here);
  await addGroups(clusterGroups);

  program.commandsGroup('Infrastructure:');
  await addGroups(infraGroups, here);
  add(program, [cost, parity], here);

  program.commandsGroup('This command line:');
  add(program, [completion]);
  return program;
}

/** `gateway n, reader n+10, …` */
function describePorts(): string {
  return processNames(platform)
    .map((name) => ({ name, offset: portOf(platform, name).offset }))
    .sort((a, b) => a.offset - b.offset)
    .map(({ name, offset }) => `${name} n${offset === 0 ? '' : `+${offset}`}`)
    .join(', ');
}

function versionOf(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'apps/gl/package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
