import { execFileSync } from 'node:child_process';
import { printResult, UsageError } from '@gospelib/cli-kit';
import { type ChangeOptions, say, type Verb } from '../verb.ts';

interface SourceMapOptions extends ChangeOptions {
  revision?: string;
}

/** Gives Sentry the maps of the services that are built here, so that errors name TypeScript’s files and lines. */
export const observeSourcemaps: Verb = (observe, run) =>
  observe
    .command('sourcemaps')
    .description(
      'send the maps of the built services to Sentry, so that its stacks name the sources',
    )
    .option('--revision <commit>', 'what the images were built from; this clone’s by default')
    .option('--dry-run', 'say what would be sent')
    .option('--json', 'as JSON')
    .action(
      run(async ({ config }, { revision, dryRun = false, json }: SourceMapOptions) => {
        const { mappedPrograms, uploadProgram } = await import('@gospelib/observability');
        const commit = revision ?? headOf(config.root);
        const programs = mappedPrograms(config.root, config.catalogue, commit);
        if (!dryRun) {
          const sentry = sentryOf(process.env);
          for (const one of programs) {
            say(`sending ${one.release}…`);
            await uploadProgram(sentry, one);
          }
        }
        const releases = programs.map(({ release }) => release);
        printResult(
          json,
          { dryRun, releases },
          () => `${dryRun ? 'Would send' : 'Sent'} the maps of ${releases.join(', ')}.`,
        );
        return 0;
      }),
    );

function headOf(root: string): string {
  return execFileSync('git', ['-C', root, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
}

/** By the variables that Sentry’s own tools read. @throws UsageError naming those that are missing */
function sentryOf(env: NodeJS.ProcessEnv) {
  const { SENTRY_URL, SENTRY_ORG, SENTRY_PROJECT, SENTRY_AUTH_TOKEN } = env;
  const wanted = { SENTRY_ORG, SENTRY_PROJECT, SENTRY_AUTH_TOKEN };
  const missing = Object.entries(wanted).flatMap(([name, value]) => (value ? [] : [name]));
  if (!SENTRY_ORG || !SENTRY_PROJECT || !SENTRY_AUTH_TOKEN) {
    throw new UsageError(
      `${missing.join(', ')} must be set.`,
      'SENTRY_AUTH_TOKEN is a token with project:releases; SENTRY_URL is https://sentry.io unless it says another.',
    );
  }
  return {
    url: SENTRY_URL || 'https://sentry.io',
    organization: SENTRY_ORG,
    project: SENTRY_PROJECT,
    token: SENTRY_AUTH_TOKEN,
  };
}
