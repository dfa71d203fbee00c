import { printResult, UsageError } from '@gospelib/cli-kit';
import { say, type Verb } from '../verb.ts';
import { type ChoiceOptions, chooseImages, describeMade, renderMade } from './image.choice.ts';

interface PushOptions extends ChoiceOptions {
  registry?: string;
  tag: string;
  insecure?: boolean;
}

/** Builds images and pushes them; what was built before is not built again. */
export const imagesPush: Verb = (images, run) =>
  images
    .command('push')
    .description(
      'build images and push them to a registry; deploy them by the digests that it prints',
    )
    .argument('[names...]', 'all of the platform when left out')
    .option(
      '--registry <address>',
      'host[:port][/path]; an image is gospelib-<name> there (GOSPELIB_REGISTRY)',
    )
    .option('--tag <tag>', 'for people; machines take the digest', 'latest')
    .option('--insecure', 'by plain HTTP: a registry of this machine')
    .option('--fixtures', 'and the stores that the whole system is tried with on a cluster')
    .option('--affected', 'only those of which something changed since --base')
    .option('--base <ref>', 'what --affected compares with', 'main')
    .option('--dry-run', 'say what would be pushed')
    .option('--json', 'the result as JSON')
    .action(
      run(async ({ config: { root, env } }, names: string[], options: PushOptions) => {
        const address = options.registry ?? env.GOSPELIB_REGISTRY;
        if (!address) {
          throw new UsageError('Where to? --registry names it, or GOSPELIB_REGISTRY.');
        }
        const { build, planBuild, requireTools } = await import('@gospelib/delivery');
        const chosen = await chooseImages(root, names, options);
        const plan = await planBuild(root, chosen, {
          address,
          tag: options.tag,
          insecure: options.insecure === true,
        });
        const idle = options.dryRun === true || plan.images.length === 0;
        if (!idle) await requireTools(root, env);
        const made = idle
          ? undefined
          : await build(root, env, plan, say, new AbortController().signal);
        printResult(options.json, { registry: address, ...describeMade(plan, made) }, () =>
          renderMade(plan, made),
        );
        return 0;
      }),
    );
