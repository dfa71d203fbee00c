import { printResult } from '@gospelib/cli-kit';
import { say, type Verb } from '../verb.ts';
import { type ChoiceOptions, chooseImages, describeMade, renderMade } from './image.choice.ts';

/** Builds images into .gl/images, as OCI layouts. */
export const imagesBuild: Verb = (images, run) =>
  images
    .command('build')
    .description('build images into .gl/images; the same inputs give the same digest')
    .argument('[names...]', 'all when left out')
    .option('--affected', 'only those of which something changed since --base')
    .option('--base <ref>', 'what --affected compares with', 'main')
    .option('--dry-run', 'say what would be built')
    .option('--json', 'the result as JSON')
    .action(
      run(async ({ config: { root, env } }, names: string[], options: ChoiceOptions) => {
        const { build, planBuild, requireTools } = await import('@gospelib/delivery');
        const plan = await planBuild(root, await chooseImages(root, names, options));
        const idle = options.dryRun === true || plan.images.length === 0;
        if (!idle) await requireTools(root, env);
        const made = idle
          ? undefined
          : await build(root, env, plan, say, new AbortController().signal);
        printResult(options.json, describeMade(plan, made), () => renderMade(plan, made));
        return 0;
      }),
    );
