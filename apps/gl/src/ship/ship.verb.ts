import { writeFileSync } from 'node:fs';
import { OperatorError, printResult, renderTable } from '@gospelib/cli-kit';
import type { Verb } from '../verb.ts';
import { recorded } from './operation.record.ts';
import type { ShipOptions } from './shipped.images.ts';

/** Builds what is affected, pushes and signs it, and has staging run it. */
export const ship: Verb = (program, run) =>
  program
    .command('ship')
    .description(
      'build what is affected, push and sign it, and put its digests on the branch of staging',
    )
    .option('--branch <name>', 'that staging follows, or that of a hotfix', 'stage')
    .option('--base <commit>', 'what is compared with; default: the last success of cd-staging.yml')
    .option('--images <file>', 'put these there, built before: what `images push --json` printed')
    .option('--write <file>', 'build and push alone; what was pushed goes there, for --images')
    .option('--registry <address>', 'host[:port][/path] (GOSPELIB_REGISTRY)')
    .option(
      '--insecure',
      'by plain HTTP: a registry of this machine (GOSPELIB_REGISTRY_INSECURE=1)',
    )
    .option('--dry-run', 'say what would be built or put there')
    .option('--json', 'as JSON')
    .action(
      run(async (context, options: ShipOptions) => {
        const { planBump, pushBump, whoActs } = await import('@gospelib/delivery');
        const { bumpOf, listPushed, makeImages } = await import('./shipped.images.ts');
        const { root, env } = context.config;
        const { commit, why, images, names } = await makeImages(context, options);
        if (options.write !== undefined && options.dryRun !== true) {
          const listed = listPushed(images ?? {}, commit);
          writeFileSync(options.write, JSON.stringify(listed));
          printResult(options.json, { why, ...listed }, () => `${names.join(', ')} (${why})`);
          return 0;
        }
        if (options.dryRun === true || names.length === 0) {
          const changes = images && (await planBump(root, bumpOf(options, images, commit)));
          printResult(options.json, { why, images: names, changes, dryRun: true }, () =>
            names.length === 0 ? `Nothing is affected (${why}).` : `${names.join(', ')} (${why})`,
          );
          return 0;
        }
        if (images === undefined) throw new OperatorError('Nothing was built.');
        const bumped = await recorded(
          context,
          {
            environment: 'staging',
            verb: 'ship',
            why: `${why}; asked by ${await whoActs(root, env)}`,
            what: `${names.join(', ')} of ${commit}`,
          },
          async () => {
            const value = await pushBump(root, bumpOf(options, images, commit));
            return { result: value.changed ? `commit ${value.commit}` : 'unchanged', value };
          },
        );
        printResult(options.json, { why, ...bumped }, () =>
          bumped.changed
            ? renderTable(
                [{ head: 'image' }, { head: 'from' }, { head: 'to' }],
                bumped.changes.map(({ name, from, to }) => [name, from.slice(0, 19), to]),
              )
            : `${options.branch} has these images already; nothing was committed.`,
        );
        return 0;
      }),
    );
