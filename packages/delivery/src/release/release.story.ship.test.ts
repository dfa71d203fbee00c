import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationOf, follow, readApplication, refresh } from '../argocd/application.client.ts';
import { readAsReader } from '../bake/reader.probe.ts';
import { fetchBranch } from '../git/branch.commit.ts';
import { planHotfix, startHotfix } from '../hotfix/hotfix.branch.ts';
import { planRollback } from '../rollback/rollback.plan.ts';
import { runRollback } from '../rollback/rollback.run.ts';
import type { Behaviour } from '../testing/pod.program.ts';
import { ReaderLoad } from '../testing/reader.load.ts';
import { type ShipLane, whyNoShip } from '../testing/ship.lane.ts';
import { ShipStory, SYNC_MS, tellWrong } from '../testing/ship.story.ts';
import { imageSetAt, promote } from './promotion.commit.ts';
import { stateOf, watchRelease } from './release.watch.ts';

const why = whyNoShip();
if (why) console.warn(`SKIPPED: the way from a push to production and back ${why}.`);

const RETURNS_MS = Number(process.env.GOSPELIB_RETURN_SECONDS ?? 180) * 1000;
const how = { say: () => {}, rollOutSeconds: 60, settleMs: 60_000 };
const wish = { to: undefined, keepMigrations: false, acceptDataLoss: false };

describe.skipIf(why)('from a push to production, and back', () => {
  let story: ShipStory;
  let lane: ShipLane;
  let reader: ReaderLoad;
  /** When each bad release was gone. */
  const gone: { code: string; at: number }[] = [];
  const told = (text: string) => console.log(`ship: ${text}`);
  const since = (start: number) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

  beforeAll(async () => {
    story = await ShipStory.open();
    lane = story.lane;
  });
  afterAll(async () => {
    await reader?.stop();
    lane?.stop();
  });

  test('a merge is on staging without a hand', async () => {
    const start = performance.now();
    await story.ship('v1');
    told(`push to stage → synced and healthy: ${since(start)}`);
    await story.serves('staging', 'v1');
  });

  test('nothing is released before it has baked, and each gate holds by itself', async () => {
    expect((await story.plan('v1.0.0')).refusals.join()).toContain('does not bake');
    await story.bakeOut();
    expect((await story.plan('v1.0.0')).refusals).toEqual([]);
    story.gates = { isCiGreen: false, unsigned: ['gateway'] };
    expect((await story.plan('v1.0.0')).refusals).toEqual([
      'CI has not succeeded for this commit.',
      'Not signed by us: gateway.',
    ]);
    story.gates = { isCiGreen: true, unsigned: [] };
  });

  test('a pod that somebody changes by hand starts the bake again, and Argo CD puts it back', async () => {
    const { platform } = lane.kube('staging');
    await platform.run(['scale', 'deployment/gospelib-gateway', '--replicas=1']);
    await sleep(4_000);
    await story.look();
    expect((await story.plan('v1.0.0')).refusals.join()).toMatch(/bakes since|does not bake/);
    await story.bakeOut();
  });

  test('what has baked comes to production with the same digests; what main changes does not', async () => {
    const start = performance.now();
    const revision = await story.promoteNow('v1.0.0');
    await story.arrive('production', revision);
    told(`tag → production synced and healthy: ${since(start)}`);
    await story.serves('production', 'v1');
    expect(await imageSetAt(lane.root, revision, 'production')).toEqual(
      await imageSetAt(lane.root, 'stage', 'staging'),
    );
    reader = new ReaderLoad(lane.origin('production'));
    const limit = 'infra/k8s/overlays/production/extra.yaml';
    lane.push('main', 'perf: a limit', { [limit]: '{}' });
    await refresh(lane.kube('production').argocd, applicationOf('production'));
    await story.arrive('production', revision);
  });

  test.each<[Behaviour, string]>([
    ['answers-500', 'v1.1.0'],
    ['crashes', 'v1.2.0'],
    ['slow', 'v1.2.1'],
    ['never-ready', 'v1.2.2'],
  ])(
    'a release that %s is found while it is rolled out, and taken back',
    async (behaviour, version) => {
      const code = `${version}-${behaviour}`;
      const from = reader.answers.length;
      const promoted = await story.promoteBad(version, await lane.image(code, behaviour));
      const begun = performance.now();
      const found = await detect(promoted);
      const detected = performance.now();
      const production = lane.kube('production');
      const back = await planRollback(lane.root, production, wish);
      expect(back).toMatchObject({ to: { tag: 'release/v1.0.0' }, gitAway: undefined });
      const done = await runRollback(lane.root, production, back, how);
      expect(done.unfinished).toBeUndefined();
      gone.push({ code, at: performance.now() });
      told(
        `${behaviour}: ${found}; detected ${((detected - begun) / 1000).toFixed(1)} s after the promotion, the cluster back in ${done.clusterSeconds} s, git in ${done.gitSeconds} s; ${tellWrong(reader.answers.slice(from))}`,
      );
      await story.serves('production', 'v1');
      await expect(planRollback(lane.root, production, wish)).rejects.toThrow('brought back');
    },
  );

  test('while an Application of Applications puts back what git declares, the way back is the same', async () => {
    const production = lane.kube('production');
    const { argocd } = production;
    const parent = lane.declareApplications();
    const name = applicationOf('production');
    const automated = () =>
      argocd.run([
        'get',
        'application.argoproj.io',
        name,
        '-ojsonpath={.spec.syncPolicy.automated}',
      ]);
    const change = '{"spec":{"syncPolicy":{"automated":null}}}';
    const setAside = () =>
      argocd.run(['patch', 'application.argoproj.io', name, '--type=merge', `--patch=${change}`]);
    await expect.poll(async () => (await readApplication(argocd, parent)).sync).toBe('Synced');
    await setAside();
    await expect.poll(automated).toContain('selfHeal');
    const promoted = await story.promoteBad(
      'v1.2.3',
      await lane.image('v1.2.3-bad', 'answers-500'),
    );
    await detect(promoted);
    const plan = await planRollback(lane.root, production, wish);
    // Once: Argo CD puts back what is changed again and again ever more slowly.
    await setAside();
    let isBack = false;
    const resyncing = (async () => {
      while (!isBack) {
        await refresh(argocd, parent);
        await sleep(1_000);
      }
    })();
    const done = await runRollback(lane.root, production, plan, how);
    isBack = true;
    await resyncing;
    gone.push({ code: 'v1.2.3-bad', at: performance.now() });
    told(
      `under an Application of Applications: the cluster back in ${done.clusterSeconds} s, git in ${done.gitSeconds} s`,
    );
    expect(done.unfinished).toBeUndefined();
    await expect.poll(automated).toContain('selfHeal');
    await story.serves('production', 'v1');
    lane.kubectl('delete', 'application.argoproj.io', parent, '-nargocd');
  });

  /** As `promote` finds it: readers that are not served, or a roll-out that does not become healthy. */
  async function detect(commit: string): Promise<string> {
    const kube = lane.kube('production');
    const found = await watchRelease(
      { look: () => readAsReader(lane.origin('production')), state: () => stateOf(kube, commit) },
      { arriveMs: SYNC_MS, watchMs: SYNC_MS, everyMs: 500, tolerated: 2, isServed: true },
    );
    return found ?? 'nothing was found';
  }

  test('while git is away the cluster goes back at once, and the same command ends it later', async () => {
    await story.ship('v1.3');
    await story.bakeOut();
    const revision = await story.promoteNow('v1.3.0');
    await story.arrive('production', revision);
    await fetchBranch(lane.root, 'production');
    const production = lane.kube('production');
    await planRollback(lane.root, production, wish);
    const giveBack = lane.takeGitAway();
    const plan = await planRollback(lane.root, production, wish);
    expect(plan.gitAway).toContain('git fetch failed');
    const done = await runRollback(lane.root, production, plan, how);
    told(`git is away: the cluster is back in ${done.clusterSeconds} s`);
    expect(done).toMatchObject({ commit: undefined, unfinished: expect.stringContaining('git') });
    await story.serves('production', 'v1');
    giveBack();
    await sleep(15_000);
    await story.serves('production', 'v1');
    const ended = await runRollback(
      lane.root,
      production,
      await planRollback(lane.root, production, wish),
      how,
    );
    expect(ended.unfinished).toBeUndefined();
    await story.serves('production', 'v1');
  });

  test('migrations go back before the code, by a job of the release that brought them', async () => {
    const migration = 'services/study/migrations/9001_tags.up.sql';
    const text = '-- @reversible yes\n-- @down-loses every tag\n';
    await story.ship('v1.3b', 'stage', { [migration]: text });
    await story.bakeOut();
    const revision = await story.promoteNow('v1.3.1');
    await story.arrive('production', revision);
    const production = lane.kube('production');
    await expect(planRollback(lane.root, production, wish)).rejects.toThrow('loses every tag');
    const accepted = { ...wish, acceptDataLoss: true };
    const back = await planRollback(lane.root, production, accepted);
    expect(back.migrations).toMatchObject([
      { schema: 'study', migrations: [{ name: '9001_tags' }] },
    ]);
    const done = await runRollback(lane.root, production, back, how);
    told(
      `with a migration: the cluster is back in ${done.clusterSeconds} s, git in ${done.gitSeconds} s`,
    );
    expect(done.unfinished).toBeUndefined();
    const jobs = await production.platform.run(['get', 'jobs', '-oname']);
    const job = jobs.split('\n').find((name) => name.includes('gospelib-rollback-study'));
    expect(await production.platform.run(['logs', job ?? ''])).toContain(
      `migrate.js rollback --to ${back.migrations[0]?.to} --wait 60 --accept-data-loss`,
    );
    await story.serves('production', 'v1');
  });

  test('while a sync fails and is tried again the way back is the same', async () => {
    const hook = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'fails', annotations: { 'argocd.argoproj.io/hook': 'PreSync' } },
      spec: {
        backoffLimit: 0,
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [
              {
                name: 'fails',
                image: 'gospelib-gateway',
                command: ['/bin/node', '-e', 'process.exit(1)'],
              },
            ],
          },
        },
      },
    };
    lane.push('stage', 'feat: a hook that fails', {
      'infra/k8s/base/gateway.yaml': `${lane.git('show', 'stage:infra/k8s/base/gateway.yaml')}\n---\n${JSON.stringify(hook)}`,
    });
    const tag = 'release/v1.4.0';
    lane.git('tag', tag, 'stage');
    lane.git('push', '-q', 'origin', tag);
    await promote(lane.root, { tag, commit: lane.git('rev-parse', 'stage'), approvedBy: 'bob' });
    const production = lane.kube('production');
    await refresh(production.argocd, applicationOf('production'));
    const phase = [
      'get',
      'application.argoproj.io',
      applicationOf('production'),
      '-ojsonpath={.status.operationState.message}',
    ];
    await expect
      .poll(() => production.argocd.run(phase), { timeout: SYNC_MS })
      .toMatch(/failed|Retrying/i);
    const done = await runRollback(
      lane.root,
      production,
      await planRollback(lane.root, production, { ...wish, keepMigrations: true }),
      how,
    );
    told(
      `a failing sync: the cluster is back in ${done.clusterSeconds} s, git in ${done.gitSeconds} s`,
    );
    expect(done.unfinished).toBeUndefined();
    await story.serves('production', 'v1');
  });

  test('a hotfix starts from production, bakes on staging by itself, and has to be merged back', async () => {
    const started = await planHotfix(lane.root, 'login-loop');
    const { branch } = started;
    expect(started.tag).toBe('release/v1.0.0');
    await startHotfix(lane.root, started);
    lane.git('fetch', '-q', 'origin', `${branch}:${branch}`);
    const { argocd } = lane.kube('staging');
    await follow(argocd, applicationOf('staging'), branch);
    await story.ship('fix1', branch);
    await story.bakeOut();
    const hotfix = { reason: 'nobody can sign in', allowedBy: 'ann' };
    const revision = await story.promoteNow('v1.0.1', { branch, hotfix });
    await story.arrive('production', revision);
    await story.serves('production', 'fix1');
    await follow(argocd, applicationOf('staging'), 'stage');
    const { refusals } = await story.plan('v1.5.0');
    expect(refusals.join()).toContain('release/v1.0.1');
  });

  test('for three minutes no bad release comes back, with Argo CD at work', async () => {
    const last = gone.at(-1)?.at ?? 0;
    await sleep(Math.max(0, last + RETURNS_MS - performance.now()));
    expect(gone).toHaveLength(5);
    for (const { code, at } of gone) {
      const after = reader.answers.filter((answer) => answer.at > at);
      expect(after.length).toBeGreaterThan(RETURNS_MS / 1000);
      expect(after.filter(({ version }) => version === code)).toEqual([]);
    }
  });
});
