import { OperatorError, type Reporter } from '@gospelib/cli-kit';
import { compose, missingImages } from '@gospelib/processes';
import {
  type ComposeOptions,
  composePlatform,
  type LocalConfig,
  originOf,
  runningOrigin,
} from '@gospelib/supervisor';
import colors from 'picocolors';
import { chooseImages } from '../images/image.choice.ts';

/**
 * Starts the platform as containers, and returns when all are healthy; images that this machine has not are built first.
 * @throws OperatorError with what Docker lacks, or where `./gl up` holds the ports
 */
export async function upInContainers(
  config: LocalConfig,
  reporter: Reporter,
  options: ComposeOptions & { dryRun?: boolean },
): Promise<void> {
  const project = composePlatform(config, options);
  if (options.dryRun === true) return compose(project, 'config', '--services');
  const running = runningOrigin(config);
  if (running !== undefined) {
    throw new OperatorError(
      `GospeLib runs at ${running} without Docker, on the same ports. Nothing was started.`,
      '`./gl down` ends it; --data and --port-base start another beside it.',
    );
  }
  await buildMissing(config, reporter, await missingImages(project));
  await compose(project, 'up', '--detach', '--wait', '--remove-orphans');
  reporter.say(
    `ready: read at ${colors.bold(originOf(config))}  (\`./gl down --compose\` ends it)`,
  );
  reporter.say(differences(options, project.env.GOSPELIB_PROJECT));
}

/** What `./gl up` says about itself is not true of containers. */
function differences({ sources }: ComposeOptions, project: string | undefined): string {
  const runs = sources
    ? 'Services run the sources of this clone, and start anew when one changes'
    : 'Services run what their images hold';
  return [
    `${runs}. Unlike \`./gl up\`:`,
    '- data lies in volumes of Docker, not in .gl, and nothing takes backups of it;',
    '- PostgreSQL 16 and Redis 7, as in production;',
    '- `./gl status`, `logs`, `db`, `graph` and `recover` do not look into containers:',
    `  \`docker compose -p ${project} ps\` and \`logs\` do.`,
  ].join('\n');
}

/** Ours are built; others Docker fetches by itself, and so it does where a registry is named. */
async function buildMissing(
  { root, env }: LocalConfig,
  reporter: Reporter,
  missing: readonly string[],
): Promise<void> {
  if (env.GOSPELIB_REGISTRY) return;
  const names = missing.flatMap(
    (image) => /^localhost\/gospelib-([\w-]+):dev$/.exec(image)?.[1] ?? [],
  );
  if (names.length === 0) return;
  reporter.say(`building ${names.join(', ')}: minutes, the first time…`);
  const { build, planBuild, requireTools } = await import('@gospelib/delivery');
  await requireTools(root, env);
  const images = await chooseImages(root, names, { base: 'main' });
  const plan = { ...(await planBuild(root, images)), load: true };
  await build(root, env, plan, (line) => reporter.say(line), new AbortController().signal);
}
