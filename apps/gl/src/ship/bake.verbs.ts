import { exitCodes, formatDuration, printResult } from '@gospelib/cli-kit';
import {
  type BakeVerdict,
  findBurntBudget,
  judgeBake,
  observe,
  readAsReader,
  readBakeRecord,
  releaseSetOf,
  releaseSets,
} from '@gospelib/delivery';
import type { ChangeOptions, PrintOptions, Verb } from '../verb.ts';
import { bakeRules } from './bake.settings.ts';
import { environmentKube } from './environment.kube.ts';

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
        const record = await readBakeRecord(argocd, 'staging');
        const revisions = record.stretches.map(({ revision }) => revision);
        const rules = bakeRules(hotfix === true);
        const wanted = commit ?? revisions.at(-1);
        const set = wanted && (await releaseSetOf(root, wanted, 'staging'));
        const setOf = await releaseSets(root, revisions, 'staging');
        const verdict = judgeBake(record, set ?? '', setOf, new Date(), rules);
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
    .option('--dry-run', 'look, and remember nothing')
    .option('--json', 'as JSON')
    .action(
      run(async (context, { dryRun, json }: ChangeOptions) => {
        const { argocd, origin } = environmentKube(context, 'staging');
        const { GOSPELIB_PROMETHEUS: prometheus } = context.config.env;
        const complaint =
          (await readAsReader(origin)) ??
          (prometheus ? await findBurntBudget(prometheus) : undefined);
        const { maxGapMs } = bakeRules(false);
        const record =
          dryRun === true
            ? await readBakeRecord(argocd, 'staging')
            : await observe(argocd, 'staging', complaint, maxGapMs);
        const { wrong = complaint } = record;
        printResult(json, { complaint, wrong, seen: record.seen }, () =>
          wrong === undefined ? 'Synced, healthy, and read.' : `It does not count: ${wrong}.`,
        );
        return wrong === undefined ? exitCodes.well : exitCodes.repairable;
      }),
    );

export const bakeVerbs: readonly Verb[] = [bakeStatus, bakeObserve];
