import { exitCodes, formatDuration, printResult, UsageError } from '@gospelib/cli-kit';
import {
  type BakeVerdict,
  findBurntBudget,
  judgeBake,
  kubectlBakeCluster,
  observe,
  podBakeCluster,
  readAsReader,
  readBakeRecord,
  releaseSets,
  writeAsReader,
} from '@gospelib/delivery';
import type { ChangeOptions, PrintOptions, Verb } from '../verb.ts';
import { bakeRules } from './bake.settings.ts';
import { environmentKube } from './environment.kube.ts';

interface ObserveOptions extends ChangeOptions {
  inPod?: boolean;
  origin?: string;
}

interface StatusOptions extends PrintOptions {
  commit?: string;
  hotfix?: boolean;
}

/** Says how long the set that runs on staging has been synced and healthy without a break. */
const bakeStatus: Verb = (bake, run) =>
  bake
    .command('status')
    .description('since when what runs on staging is synced and healthy without a break')
    .option('--commit <commit>', 'of this commit; default: the one that staging was seen with last')
    .option('--hotfix', 'with the shorter period of a hotfix')
    .option('--json', 'as JSON')
    .action(
      run(async (context, { commit, hotfix, json }: StatusOptions) => {
        const { root } = context.config;
        const { argocd } = environmentKube(context, 'staging');
        const record = await readBakeRecord(kubectlBakeCluster(argocd), 'staging');
        const revisions = record.stretches.map(({ revision }) => revision);
        const rules = bakeRules(hotfix === true);
        const wanted = commit ?? revisions.at(-1);
        const setOf = await releaseSets(
          root,
          [...revisions, ...(commit ? [commit] : [])],
          'staging',
        );
        const verdict = judgeBake(record, wanted ?? '', setOf, new Date(), rules);
        const set = wanted && setOf(wanted);
        printResult(json, { commit: wanted, set, ...verdict }, () => render(wanted, verdict));
        return verdict.done ? exitCodes.well : exitCodes.repairable;
      }),
    );

function render(commit: string | undefined, verdict: BakeVerdict): string {
  const { done, since, bakedMs, remainingMs, wrong, breaks } = verdict;
  const what = commit === undefined ? 'staging' : commit.slice(0, 12);
  const state = done
    ? `${what} has baked: synced and healthy since ${since}.`
    : wrong === undefined
      ? `${what} bakes since ${since}: ${formatDuration(bakedMs / 1000)}, ${formatDuration(remainingMs / 1000)} to go.`
      : `${what} does not bake: ${wrong}.`;
  return [state, ...breaks.slice(0, 5).map((line) => `  broken: ${line}`)].join('\n');
}

/** Looks once, as a reader and as Argo CD, and remembers it. */
const bakeObserve: Verb = (bake, run) =>
  bake
    .command('observe')
    .description('look at staging once and remember it; called every five minutes')
    .option('--in-pod', 'by the account of the pod that this runs in, in the namespace of Argo CD')
    .option(
      '--origin <url>',
      'where readers reach staging; default: as infra/environments.json has it',
    )
    .option('--dry-run', 'look, and remember nothing')
    .option('--json', 'as JSON')
    .action(
      run(async (context, { inPod, origin: asked, dryRun, json }: ObserveOptions) => {
        const { env } = context.config;
        const kube = inPod === true ? undefined : environmentKube(context, 'staging');
        const cluster = kube === undefined ? podBakeCluster(env) : kubectlBakeCluster(kube.argocd);
        const origin = asked ?? kube?.origin;
        if (origin === undefined)
          throw new UsageError('Where do readers reach it? --origin says so.');
        const { GOSPELIB_PROMETHEUS: prometheus } = env;
        const complaint =
          (await readAsReader(origin)) ??
          (await writeAsReader(origin, env)) ??
          (prometheus ? await findBurntBudget(prometheus) : undefined);
        const { maxGapMs } = bakeRules(false);
        const record =
          dryRun === true
            ? await readBakeRecord(cluster, 'staging')
            : await observe(cluster, 'staging', complaint, maxGapMs);
        const { wrong = complaint } = record;
        printResult(json, { complaint, wrong, seen: record.seen }, () =>
          wrong === undefined ? 'Synced, healthy, and read.' : `It does not count: ${wrong}.`,
        );
        return wrong === undefined ? exitCodes.well : exitCodes.repairable;
      }),
    );

export const bakeVerbs: readonly Verb[] = [bakeStatus, bakeObserve];
