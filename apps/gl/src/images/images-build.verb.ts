import { printResult } from '@gospelib/cli-kit';
import { say, type Verb } from '../verb.ts';
import { type ChoiceOptions, chooseImages, describeMade, renderMade } from './image.choice.ts';

interface BuildOptions extends ChoiceOptions {
  fresh?: boolean;
}

/** Builds images into .gl/images, as OCI layouts. */
export const imagesBuild: Verb = (images, run) =>
  images
    .command('build')
    .description('build images into .gl/images; the same inputs give the same digest')
    .argument('[names...]', 'all of the platform when left out')
    .option('--fixtures', 'and the stores that the whole system is tried with on a cluster')
    .option('--affected', 'only those of which something changed since --base')
    .option('--base <ref>', 'what --affected compares with', 'main')
    .option('--fresh', 'take nothing from earlier builds')
    .option('--dry-run', 'say what would be built')
    .option('--json', 'the result as JSON')
    .action(
      run(async ({ config: { root, env } }, names: string[], options: BuildOptions) => {
        const { build, planBuild, requireTools } = await import('@gospelib/delivery');
        const chosen = await chooseImages(root, names, options);
        const plan = { ...(await planBuild(root, chosen)), fresh: options.fresh === true };
        const idle = options.dryRun === true || plan.images.length === 0;
        if (!idle) await requireTools(root, env);
        const made = idle
          ? undefined
          : await build(root, env, plan, say, new AbortController().signal);
        printResult(options.json, describeMade(plan, made), () => renderMade(plan, made));
        return 0;
      }),
    );
