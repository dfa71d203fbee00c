/** What an environment is made of, each made again by whoever knows how. All answer with a sentence for people. */
export interface RebuildParts {
  /** Puts Terraform's state back where it was lost. @throws Error when somebody holds it */
  state(): Promise<string>;
  /** Network, stores, cluster and secrets, around what survived: the backups and their key. @throws Error when something would be lost */
  infrastructure(): Promise<string>;
  /** Argo CD and what it brings. */
  cluster(): Promise<string>;
  /** What runs: waits until all of it is ready, on stores that are empty yet. */
  platform(): Promise<string>;
  /** A command of gl where the stores and the backups can be reached. */
  gl(args: readonly string[]): Promise<string>;
  /** Waits until a reader is answered. @throws Error when none is in time */
  served(): Promise<string>;
}

export interface RebuildStep {
  name: 'state' | 'infrastructure' | 'cluster' | 'platform' | 'database' | 'graph' | 'served';
  /** For people, in the plan. */
  does: string;
  run(parts: RebuildParts): Promise<string>;
}

/** Everything but backups and escrow is gone: what is made again, in this order, since each stands on the one before. */
export const rebuildSteps: readonly RebuildStep[] = [
  {
    name: 'state',
    does: 'look at Terraform’s state, and put its newest version back where it was lost or damaged',
    run: (parts) => parts.state(),
  },
  {
    name: 'infrastructure',
    does: 'make network, stores, cluster and secrets anew around the bucket of backups and its key; secrets out of escrow',
    run: (parts) => parts.infrastructure(),
  },
  {
    name: 'cluster',
    does: 'give the empty cluster Argo CD, which brings the add-ons and the secrets',
    run: (parts) => parts.cluster(),
  },
  {
    name: 'platform',
    does: 'let Argo CD bring the platform, and wait until it runs on stores that are empty yet',
    run: (parts) => parts.platform(),
  },
  {
    name: 'database',
    does: 'put the newest backup of the database that is sound in the place of the empty one',
    run: (parts) => parts.gl(['db', 'restore', 'latest', '--accept-data-loss', '--keep-passwords']),
  },
  {
    name: 'graph',
    does: 'restore the newest backup of the graph, verify it, and switch to it; without one, verify what the ingest made',
    run: (parts) =>
      parts.gl(['graph', 'restore', 'latest']).catch(async (error: Error) => {
        return `${await parts.gl(['graph', 'verify'])} It is the ingest’s: ${error.message}`;
      }),
  },
  {
    name: 'served',
    does: 'wait until a reader is answered',
    run: (parts) => parts.served(),
  },
];

/** How one step went. */
export interface RebuiltStep {
  name: RebuildStep['name'];
  ok: boolean;
  seconds: number;
  says: string;
}

/**
 * Makes an environment anew. Each step can be repeated: after one that failed the same command goes on from the start,
 * and what stands already is found standing.
 * @returns what was done; the last one is not `ok` when it failed
 */
export async function rebuild(
  parts: RebuildParts,
  say: (line: string) => void,
  from: RebuildStep['name'] = 'state',
): Promise<readonly RebuiltStep[]> {
  const done: RebuiltStep[] = [];
  const first = rebuildSteps.findIndex(({ name }) => name === from);
  for (const { name, does, run } of rebuildSteps.slice(first)) {
    say(`${name}: ${does}…`);
    const start = performance.now();
    const result = await run(parts).then(
      (says) => ({ ok: true, says }),
      (error: Error) => ({ ok: false, says: error.message }),
    );
    const step = { name, ...result, seconds: (performance.now() - start) / 1000 };
    done.push(step);
    say(`  ${step.ok ? '✓' : '✗'} ${step.says} (${step.seconds.toFixed(0)} s)`);
    if (!step.ok) break;
  }
  return done;
}
