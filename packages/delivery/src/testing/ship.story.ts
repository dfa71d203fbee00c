import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { applicationOf, refresh, waitForCommit } from '../argocd/application.client.ts';
import { kubectlBakeCluster } from '../bake/bake.cluster.ts';
import { observe } from '../bake/bake.store.ts';
import { readAsReader } from '../bake/reader.probe.ts';
import { promote } from '../release/promotion.commit.ts';
import { planRelease, type ReleasePlan, type ReleaseWish } from '../release/release.plan.ts';
import { tagRelease } from '../release/release.tag.ts';
import { pushBump } from '../ship/image.bump.ts';
import type { ImageSet } from '../ship/image.set.ts';
import type { Answer } from './reader.load.ts';
import { openShipLane, type ShipLane } from './ship.lane.ts';
import type { EnvironmentName } from './ship.manifests.ts';

export const SYNC_MS = 120_000;
// A busy machine takes long between two looks.
const bake = { periodMs: 6_000, maxGapMs: 60_000 };

/** What people and workflows do from a push to production, each step by the functions of the verbs. */
export class ShipStory {
  readonly lane: ShipLane;
  /** Gates that GitHub and cosign hold are open but where a test closes one. */
  gates: { isCiGreen: boolean; unsigned: readonly string[] } = { isCiGreen: true, unsigned: [] };

  private constructor(lane: ShipLane) {
    this.lane = lane;
  }

  static async open(): Promise<ShipStory> {
    return new ShipStory(await openShipLane());
  }

  /** A merge to a branch, its images on it, and staging synced and healthy. */
  async ship(
    version: string,
    branch = 'stage',
    files: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const { lane } = this;
    const from = lane.push(branch, `feat: ${version}`, { [`${version}.md`]: version, ...files });
    const images = await lane.image(version);
    const { commit } = await pushBump(lane.root, { environment: 'staging', branch, images, from });
    this.#follow(branch);
    await this.arrive('staging', commit);
    return commit;
  }

  async arrive(name: EnvironmentName, commit: string): Promise<void> {
    const { argocd } = this.lane.kube(name);
    await refresh(argocd, applicationOf(name));
    const state = await waitForCommit(argocd, applicationOf(name), commit, SYNC_MS);
    expect(state).toMatchObject({ arrived: true, sync: 'Synced', complaint: undefined });
  }

  async look(): Promise<void> {
    const { argocd } = this.lane.kube('staging');
    const complaint = await readAsReader(this.lane.origin('staging'));
    await observe(kubectlBakeCluster(argocd), 'staging', complaint, bake.maxGapMs);
  }

  async bakeOut(): Promise<void> {
    const end = performance.now() + bake.periodMs + 2_500;
    while (performance.now() < end) {
      await this.look();
      await sleep(500);
    }
    await this.look();
  }

  plan(version: string, other: Partial<ReleaseWish> = {}): Promise<ReleasePlan> {
    const usual = { commit: undefined, branch: 'stage', hotfix: undefined, isTagged: false };
    return planRelease(
      this.lane.root,
      { tag: `release/${version}`, ...usual, ...other },
      {
        argocd: this.lane.kube('staging').argocd,
        bake,
        isCiGreen: async () => this.gates.isCiGreen,
        unsigned: async () => this.gates.unsigned,
      },
    );
  }

  /** Tagged and brought to production; waits for nothing. */
  async promoteNow(version: string, other: Partial<ReleaseWish> = {}): Promise<string> {
    const planned = await this.plan(version, other);
    expect(planned.refusals).toEqual([]);
    await tagRelease(this.lane.root, planned, other.branch ?? 'stage', other.hotfix);
    return this.#promote(planned.tag, planned.commit);
  }

  /**
   * Brings a release to production that no gate looked at: bad code is what only production shows. Staging does not see it.
   * @param files of the release, for instance a migration
   */
  async promoteBad(
    version: string,
    images: ImageSet,
    files: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const { lane } = this;
    const [tag, branch] = [`release/${version}`, `bad/${version}`];
    lane.git('push', '-q', 'origin', `stage:refs/heads/${branch}`);
    lane.git('fetch', '-q', 'origin', `${branch}:${branch}`);
    const from = lane.push(branch, `feat: ${version}`, { [`${version}.md`]: version, ...files });
    await pushBump(lane.root, { environment: 'staging', branch, images, from });
    this.#follow(branch);
    lane.git('tag', tag, branch);
    lane.git('push', '-q', 'origin', tag);
    return this.#promote(tag, lane.git('rev-parse', branch));
  }

  async #promote(tag: string, commit: string): Promise<string> {
    const { lane } = this;
    const pushed = await promote(lane.root, { tag, commit, approvedBy: 'bob' });
    await refresh(lane.kube('production').argocd, applicationOf('production'));
    return pushed.commit;
  }

  /** Readers get this version: a pod that is being ended may answer a moment longer. */
  async serves(name: EnvironmentName, version: string): Promise<void> {
    await expect.poll(() => this.versionOf(name), { timeout: 10_000 }).toBe(version);
  }

  async versionOf(name: EnvironmentName): Promise<string> {
    return (await fetch(`${this.lane.origin(name)}/version`)).text();
  }

  /** The clone’s branch becomes that of the remote. */
  #follow(branch: string): void {
    const { git } = this.lane;
    git('fetch', '-q', 'origin', branch);
    git('checkout', '-q', branch);
    git('merge', '-q', '--ff-only', 'FETCH_HEAD');
  }
}

/** What readers got: for how long it was wrong, and how often. */
export function tellWrong(answers: readonly Answer[]): string {
  const wrong = answers.filter(({ isRight }) => !isRight);
  const [first, last] = [wrong[0], wrong.at(-1)];
  const seconds = first && last ? (last.at - first.at) / 1000 : 0;
  return `first wrong answer to right ones for good ${seconds.toFixed(1)} s, ${wrong.length} of ${answers.length} answers wrong`;
}
