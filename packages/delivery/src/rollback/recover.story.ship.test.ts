import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImageSet } from '../ship/image.set.ts';
import { type Answer, ReaderLoad } from '../testing/reader.load.ts';
import { type ShipLane, whyNoShip } from '../testing/ship.lane.ts';
import { ShipStory, tellWrong } from '../testing/ship.story.ts';

const why = whyNoShip();
if (why) console.warn(`SKIPPED: recover from a bad release ${why}.`);
/** A command that takes Argo CD's controller away (`off`) and gives it back (`on`). */
const { GOSPELIB_ARGOCD_SWITCH: argocdSwitch = '' } = process.env;
if (!why && argocdSwitch === '') {
  console.warn('SKIPPED: recover while Argo CD is away, since GOSPELIB_ARGOCD_SWITCH is not set.');
}

const RETURNS_MS = Number(process.env.GOSPELIB_RETURN_SECONDS ?? 180) * 1000;
const FOUND_MS = 60_000;
const recover = ['--env', 'production', '--yes', 'recover', '--only', 'release'];

describe.skipIf(why)('recover brings the release before back', () => {
  let story: ShipStory;
  let lane: ShipLane;
  let reader: ReaderLoad;
  /** When each bad version was gone. */
  const gone: { version: string; at: number }[] = [];
  const told = (text: string) => console.log(`recover: ${text}`);

  beforeAll(async () => {
    story = await ShipStory.open();
    lane = story.lane;
    await story.ship('v1');
    await story.bakeOut();
    await story.arrive('production', await story.promoteNow('v1.0.0'));
    reader = new ReaderLoad(lane.origin('production'));
  });
  afterAll(async () => {
    await reader?.stop();
    lane?.stop();
  });

  /** Asks again and again, as a schedule does, until something is found and done; what was said and how long it took. */
  async function recovered(code: number, rule: string): Promise<{ said: string; seconds: number }> {
    const start = performance.now();
    for (;;) {
      const found = await lane.gl([...recover, '--execute', '--json']);
      if (found.stdout.includes(`"${rule}"`)) {
        const seconds = (performance.now() - start) / 1000;
        console.log(`$ ./gl ${recover.join(' ')} --execute\n${found.stderr}`);
        expect(found, found.stderr).toMatchObject({ code });
        return { said: found.stderr, seconds };
      }
      expect(performance.now() - start, found.stdout + found.stderr).toBeLessThan(FOUND_MS);
    }
  }

  const firstWrong = (from: number) =>
    expect.poll(() => reader.answers.slice(from).some(({ isRight }) => !isRight)).toBe(true);

  /** @param version that may have answered; undefined: what cannot be pulled never does */
  function tell(what: string, version: string | undefined, from: number, seconds: number): void {
    const answers: readonly Answer[] = reader.answers.slice(from);
    if (version !== undefined) gone.push({ version, at: performance.now() });
    told(
      `${what}: found and ended ${seconds.toFixed(1)} s after recover was called; ${tellWrong(answers)}`,
    );
  }

  async function isServed(): Promise<void> {
    await story.serves('production', 'v1');
    const looked = await lane.gl(recover);
    expect(looked, looked.stderr + looked.stdout).toMatchObject({ code: 0 });
  }

  test('bad code', async () => {
    const from = reader.answers.length;
    await story.promoteBad('v1.1.0', await lane.image('v1.1.0-bad', 'answers-500'));
    await firstWrong(from);
    const { said, seconds } = await recovered(0, 'bad-code');
    tell('bad code', 'v1.1.0-bad', from, seconds);
    expect(said).toContain('Go back from release/v1.1.0 to release/v1.0.0');
    await isServed();
  });

  test('bad code with a migration that goes back', async () => {
    const from = reader.answers.length;
    const migration = 'services/study/migrations/9001_tags.up.sql';
    const text = '-- @reversible yes\n-- @down-loses nothing\n';
    const bad = await lane.image('v1.2.0-bad', 'answers-500');
    await story.promoteBad('v1.2.0', bad, { [migration]: text });
    await firstWrong(from);
    const { said, seconds } = await recovered(0, 'bad-code-migrated');
    tell('bad code with a migration', 'v1.2.0-bad', from, seconds);
    expect(said).toMatch(/study goes back to \d+_/);
    const jobs = await lane.kube('production').platform.run(['get', 'jobs', '-oname']);
    const job = jobs.split('\n').find((name) => name.includes('gospelib-rollback-study'));
    const words = await lane.kube('production').platform.run(['logs', job ?? '']);
    expect(words).toContain('migrate.js rollback --to');
    await isServed();
  });

  test('code that crashes: readers notice nothing', async () => {
    const from = reader.answers.length;
    await story.promoteBad('v1.3.0', await lane.image('v1.3.0-bad', 'crashes'));
    const { seconds } = await recovered(0, 'bad-code');
    tell('code that crashes', 'v1.3.0-bad', from, seconds);
    expect(reader.answers.slice(from).every(({ isRight }) => isRight)).toBe(true);
    await isServed();
  });

  test.skipIf(argocdSwitch === '')('bad code while Argo CD is away', async () => {
    const from = reader.answers.length;
    await story.promoteBad('v1.6.0', await lane.image('v1.6.0-bad', 'answers-500'));
    await firstWrong(from);
    execFileSync(argocdSwitch, ['off']);
    try {
      const { said, seconds } = await recovered(4, 'bad-code');
      tell('bad code while Argo CD is away', 'v1.6.0-bad', from, seconds);
      expect(said).toContain('Argo CD does not answer');
      await story.serves('production', 'v1');
    } finally {
      execFileSync(argocdSwitch, ['on']);
    }
    await expect.poll(async () => (await lane.gl(recover)).code, { interval: 2_000 }).toBe(0);
    await isServed();
  });

  const registry = process.env.GOSPELIB_REGISTRY?.split(':')[0];
  test.each<[string, (good: ImageSet[string]) => ImageSet[string]]>([
    ['v1.4.0', (good) => ({ ...good, digest: `sha256:${'f'.repeat(64)}` })],
    ['v1.5.0', ({ digest }) => ({ repository: `${registry}:1/gospelib-gateway`, digest })],
  ])('a set that cannot be pulled (%s)', async (version, spoil) => {
    const from = reader.answers.length;
    const good = Object.entries(await lane.image(`${version}-bad`));
    await story.promoteBad(
      version,
      Object.fromEntries(good.map(([name, one]) => [name, spoil(one)])),
    );
    const { said, seconds } = await recovered(0, 'set-unpullable');
    tell(
      version === 'v1.4.0' ? 'a set that is not in the registry' : 'the registry is away',
      undefined,
      from,
      seconds,
    );
    expect(said).toContain('Nodes cannot pull its images');
    expect(reader.answers.slice(from).every(({ isRight }) => isRight)).toBe(true);
    await isServed();
  });

  test('for three minutes nothing of it comes back, with Argo CD at work', async () => {
    const last = gone.at(-1)?.at ?? 0;
    await sleep(Math.max(0, last + RETURNS_MS - performance.now()));
    expect(gone).toHaveLength(argocdSwitch === '' ? 3 : 4);
    for (const { version, at } of gone) {
      const after = reader.answers.filter((answer) => answer.at > at);
      expect(after.length).toBeGreaterThan(RETURNS_MS / 1000);
      expect(after.filter((answer) => answer.version === version)).toEqual([]);
    }
  });
});
