import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationOf, follow, refresh, waitForCommit } from '../argocd/application.client.ts';
import { observe } from '../bake/bake.store.ts';
import { readAsReader } from '../bake/reader.probe.ts';
import { fetchBranch } from '../git/branch.commit.ts';
import { planHotfix, startHotfix } from '../hotfix/hotfix.branch.ts';
import { planRollback } from '../rollback/rollback.plan.ts';
import { runRollback } from '../rollback/rollback.run.ts';
import { pushBump } from '../ship/image.bump.ts';
import type { Behaviour } from '../testing/pod.program.ts';
import { ReaderLoad } from '../testing/reader.load.ts';
import { openShipLane, type ShipLane, whyNoShip } from '../testing/ship.lane.ts';
import { imageSetAt, promote } from './promotion.commit.ts';
import { planRelease, type ReleaseWish } from './release.plan.ts';
import { tagRelease } from './release.tag.ts';
import { stateOf, watchRelease } from './release.watch.ts';

const why = whyNoShip();
if (why) console.warn(`SKIPPED: the way from a push to production and back ${why}.`);

const SYNC_MS = 120_000;
const RETURNS_MS = Number(process.env.GOSPELIB_RETURN_SECONDS ?? 180) * 1000;
const how = { say: () => {}, rollOutSeconds: 60, settleMs: 60_000 };
const wish = { to: undefined, keepMigrations: false, acceptDataLoss: false };
// A busy machine takes long between two looks.
const bake = { periodMs: 6_000, maxGapMs: 60_000 };

describe.skipIf(why)('from a push to production, and back', () => {
  let lane: ShipLane;
  /** Gates that GitHub and cosign hold are open but where a test closes one. */
  let gates: { isCiGreen: boolean; unsigned: readonly string[] };
  const told = (text: string) => console.log(`ship: ${text}`);
  const since = (start: number) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

  beforeAll(async () => {
    lane = await openShipLane();
    gates = { isCiGreen: true, unsigned: [] };
  });
  afterAll(() => lane?.stop());

  /** A merge to a branch, its images on it, and staging synced and healthy. */
  async function ship(version: string, branch = 'stage', behaviour: Behaviour = 'good') {
    const from = lane.push(branch, `feat: ${version}`, { [`${version}.md`]: version });
    const images = await lane.image(version, behaviour);
    const { commit } = await pushBump(lane.root, { environment: 'staging', branch, images, from });
    lane.git('fetch', '-q', 'origin', branch);
    lane.git('checkout', '-q', branch);
    lane.git('merge', '-q', '--ff-only', commit);
    await arrive('staging', commit);
    return commit;
  }

  async function arrive(name: 'staging' | 'production', commit: string): Promise<void> {
    const { argocd } = lane.kube(name);
    await refresh(argocd, applicationOf(name));
    const state = await waitForCommit(argocd, applicationOf(name), commit, SYNC_MS);
    expect(state).toMatchObject({ arrived: true, sync: 'Synced', complaint: undefined });
  }

  async function look(): Promise<void> {
    const { argocd } = lane.kube('staging');
    await observe(argocd, 'staging', await readAsReader(lane.origin('staging')), bake.maxGapMs);
  }

  async function bakeOut(): Promise<void> {
    const end = performance.now() + bake.periodMs + 2_500;
    while (performance.now() < end) {
      await look();
      await sleep(500);
    }
    await look();
  }

  const plan = (version: string, other: Partial<ReleaseWish> = {}) =>
    planRelease(
      lane.root,
      {
        tag: `release/${version}`,
        commit: undefined,
        branch: 'stage',
        hotfix: undefined,
        isTagged: false,
        ...other,
      },
      {
        argocd: lane.kube('staging').argocd,
        bake,
        isCiGreen: async () => gates.isCiGreen,
        unsigned: async () => gates.unsigned,
      },
    );

  /** Tagged and brought to production; waits for nothing. */
  async function promoteNow(version: string, other: Partial<ReleaseWish> = {}): Promise<string> {
    const planned = await plan(version, other);
    expect(planned.refusals).toEqual([]);
    const { tag, commit, hotfix } = { ...planned, hotfix: other.hotfix };
    await tagRelease(lane.root, planned, other.branch ?? 'stage', hotfix);
    const pushed = await promote(lane.root, { tag, commit, approvedBy: 'bob' });
    await refresh(lane.kube('production').argocd, applicationOf('production'));
    return pushed.commit;
  }

  const versionOf = async (name: 'staging' | 'production') =>
    (await fetch(`${lane.origin(name)}/version`)).text();

  test('a merge is on staging without a hand', async () => {
    const start = performance.now();
    await ship('v1');
    told(`push to stage → synced and healthy: ${since(start)}`);
    expect(await versionOf('staging')).toBe('v1');
  });

  test('nothing is released before it has baked, and each gate holds by itself', async () => {
    expect((await plan('v1.0.0')).refusals.join()).toContain('does not bake');
    await bakeOut();
    expect((await plan('v1.0.0')).refusals).toEqual([]);
    gates = { isCiGreen: false, unsigned: ['gateway'] };
    expect((await plan('v1.0.0')).refusals).toEqual([
      'CI has not succeeded for this commit.',
      'Not signed by us: gateway.',
    ]);
    gates = { isCiGreen: true, unsigned: [] };
  });

  test('a pod that somebody changes by hand starts the bake again, and Argo CD puts it back', async () => {
    const { platform } = lane.kube('staging');
    await platform.run(['scale', 'deployment/gospelib-gateway', '--replicas=1']);
    await sleep(4_000);
    await look();
    expect((await plan('v1.0.0')).refusals.join()).toMatch(/bakes since|does not bake/);
    await bakeOut();
  });

  test('what has baked comes to production with the same digests; what main changes does not', async () => {
    const start = performance.now();
    const revision = await promoteNow('v1.0.0');
    await arrive('production', revision);
    told(`tag → production synced and healthy: ${since(start)}`);
    expect(await versionOf('production')).toBe('v1');
    expect(await imageSetAt(lane.root, revision, 'production')).toEqual(
      await imageSetAt(lane.root, 'stage', 'staging'),
    );
    const limit = 'infra/k8s/overlays/production/extra.yaml';
    lane.push('main', 'perf: a limit', { [limit]: '{}' });
    await refresh(lane.kube('production').argocd, applicationOf('production'));
    await arrive('production', revision);
  });

  test.each<[Behaviour, string]>([
    ['answers-500', 'v1.1.0'],
    ['crashes', 'v1.2.0'],
    ['slow', 'v1.2.1'],
    ['never-ready', 'v1.2.2'],
  ])(
    'a release that %s is taken back for good, with Argo CD at work',
    async (behaviour, version) => {
      const code = `${version}-${behaviour}`;
      // It is well on staging: bad code is what only production shows.
      await ship(`${code}-staged`);
      await bakeOut();
      const planned = await plan(version);
      await tagRelease(lane.root, planned, 'stage', undefined);
      const bad = await lane.image(code, behaviour);
      await pushBump(lane.root, {
        environment: 'staging',
        branch: 'stage',
        images: bad,
        from: planned.commit,
      });
      const reader = new ReaderLoad(lane.origin('production'));
      lane.git('fetch', '-q', 'origin', 'stage');
      lane.git('checkout', '-q', 'stage');
      lane.git('merge', '-q', '--ff-only', 'FETCH_HEAD');
      const commit = lane.git('rev-parse', 'stage');
      const tag = `release/${version}`;
      const promoted = await promote(lane.root, { tag, commit, approvedBy: 'bob' });
      const begun = performance.now();
      await refresh(lane.kube('production').argocd, applicationOf('production'));
      const found = await detect(promoted.commit);
      const detected = performance.now();
      const production = lane.kube('production');
      const back = await planRollback(lane.root, production, wish);
      expect(back).toMatchObject({ to: { tag: 'release/v1.0.0' }, gitAway: undefined });
      const done = await runRollback(lane.root, production, back, how);
      expect(done.unfinished).toBeUndefined();
      const firstWrong = reader.wrong[0]?.at ?? detected;
      const lastWrong = reader.wrong.at(-1)?.at ?? firstWrong;
      told(
        `${behaviour}: ${found}; detected ${((detected - begun) / 1000).toFixed(1)} s after the promotion, the cluster back in ${done.clusterSeconds} s, git in ${done.gitSeconds} s; first wrong answer to right ones for good ${((lastWrong - firstWrong) / 1000).toFixed(1)} s, ${reader.wrong.length} of ${reader.answers.length} answers wrong`,
      );
      const before = reader.wrong.length;
      await refresh(production.argocd, applicationOf('production'));
      await sleep(RETURNS_MS);
      await reader.stop();
      expect(reader.wrong.length).toBe(before);
      expect(await versionOf('production')).toBe('v1');
      await expect(planRollback(lane.root, production, wish)).rejects.toThrow('brought back');
    },
    600_000,
  );

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
    await ship('v1.3');
    await bakeOut();
    const revision = await promoteNow('v1.3.0');
    await arrive('production', revision);
    await fetchBranch(lane.root, 'production');
    const production = lane.kube('production');
    await planRollback(lane.root, production, wish);
    const giveBack = lane.takeGitAway();
    const plan = await planRollback(lane.root, production, wish);
    expect(plan.gitAway).toContain('git fetch failed');
    const done = await runRollback(lane.root, production, plan, how);
    told(`git is away: the cluster is back in ${done.clusterSeconds} s`);
    expect(done).toMatchObject({ commit: undefined, unfinished: expect.stringContaining('git') });
    expect(await versionOf('production')).toBe('v1');
    giveBack();
    await sleep(15_000);
    expect(await versionOf('production')).toBe('v1');
    const ended = await runRollback(
      lane.root,
      production,
      await planRollback(lane.root, production, wish),
      how,
    );
    expect(ended.unfinished).toBeUndefined();
    expect(await versionOf('production')).toBe('v1');
  });

  test('migrations go back before the code, by a job of the release that brought them', async () => {
    const migration = 'services/study/migrations/0002_tags.up.sql';
    lane.push('stage', 'feat: tags', {
      [migration]: '-- @reversible yes\n-- @down-loses every tag\n',
    });
    await ship('v1.3b');
    await bakeOut();
    const revision = await promoteNow('v1.3.1');
    await arrive('production', revision);
    const production = lane.kube('production');
    await expect(planRollback(lane.root, production, wish)).rejects.toThrow('loses every tag');
    const accepted = { ...wish, acceptDataLoss: true };
    const back = await planRollback(lane.root, production, accepted);
    expect(back.migrations).toMatchObject([{ schema: 'study', to: '0001_marks' }]);
    const done = await runRollback(lane.root, production, back, how);
    told(
      `with a migration: the cluster is back in ${done.clusterSeconds} s, git in ${done.gitSeconds} s`,
    );
    expect(done.unfinished).toBeUndefined();
    const jobs = await production.platform.run(['get', 'jobs', '-oname']);
    const job = jobs.split('\n').find((name) => name.includes('gospelib-rollback-study'));
    expect(await production.platform.run(['logs', job ?? ''])).toContain(
      'migrate.js rollback --to 0001_marks --wait 60 --accept-data-loss',
    );
    expect(await versionOf('production')).toBe('v1');
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
    expect(await versionOf('production')).toBe('v1');
  });

  test('a hotfix starts from production, bakes on staging by itself, and has to be merged back', async () => {
    const started = await planHotfix(lane.root, 'login-loop');
    const { branch } = started;
    expect(started.tag).toBe('release/v1.0.0');
    await startHotfix(lane.root, started);
    lane.git('fetch', '-q', 'origin', `${branch}:${branch}`);
    const { argocd } = lane.kube('staging');
    await follow(argocd, applicationOf('staging'), branch);
    await ship('fix1', branch);
    await bakeOut();
    const hotfix = { reason: 'nobody can sign in', allowedBy: 'ann' };
    const revision = await promoteNow('v1.0.1', { branch, hotfix });
    await arrive('production', revision);
    expect(await versionOf('production')).toBe('fix1');
    await follow(argocd, applicationOf('staging'), 'stage');
    const { refusals } = await plan('v1.5.0');
    expect(refusals.join()).toContain('release/v1.0.1');
  });
});
