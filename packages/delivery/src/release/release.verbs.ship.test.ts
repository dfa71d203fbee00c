import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GlResult } from '@gospelib/processes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FakeGithub } from '../testing/fake.github.ts';
import { openPodAccount } from '../testing/pod.account.ts';
import type { Behaviour } from '../testing/pod.program.ts';
import { type ShipLane, whyNoShip } from '../testing/ship.lane.ts';
import { namespaceOf } from '../testing/ship.manifests.ts';
import { ShipStory } from '../testing/ship.story.ts';
import { makeSigningIdentity } from '../testing/signing.identity.ts';
import { openWatchPod } from '../testing/watch.pod.ts';
import { runWorkflow } from '../testing/workflow.run.ts';

const missing = ['cosign', 'syft', 'act'].filter(
  (tool) => spawnSync(tool, ['--help']).status !== 0,
);
const why = whyNoShip() ?? (missing.length > 0 ? `needs ${missing.join(' and ')}` : undefined);
if (why) console.warn(`SKIPPED: the verbs from a push to production and back: ${why}.`);

const workflow = 'https://github.com/o/r/.github/workflows/images.yml';
const production = ['--env', 'production', '--yes'];

describe.skipIf(why)('the verbs from a push to production, and back', () => {
  const github = new FakeGithub();
  let story: ShipStory;
  let lane: ShipLane;
  let folder: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gospelib-verbs-'));
    // As the workflow signs on GitHub, with an authority of the test in the place of Sigstore's.
    const identity = `${workflow}@refs/heads/stage`;
    const { authority, certificate, privateKey } = makeSigningIdentity(folder, 'ours', identity);
    env = {
      COSIGN_PASSWORD: '',
      GOSPELIB_REGISTRY_INSECURE: '1',
      GOSPELIB_SIGNING_PRIVATE_KEY: privateKey,
      GOSPELIB_SIGNING_CERTIFICATE: certificate,
      GOSPELIB_SIGNING_AUTHORITY: authority,
      GOSPELIB_SIGNER: workflow,
      GOSPELIB_BAKE_EMAIL: 'bake@example.org',
      GOSPELIB_BAKE_PASSWORD: 'of-the-lane',
      ...(await github.start()),
    };
    story = await ShipStory.open();
    lane = story.lane;
  });
  afterAll(() => {
    lane?.stop();
    github.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What a verb said, which has to end with this code. */
  async function gl(code: number, ...args: string[]): Promise<GlResult> {
    const result = await lane.gl(args, env);
    const said = `gl ${args.join(' ')}\n${result.stderr}${result.stdout}`;
    console.log(`$ ./${said}`);
    expect(result.code, said).toBe(code);
    return result;
  }

  /** A merge, its images on the branch by `ship`, and staging there. */
  async function ship(version: string, branch = 'stage', behaviour: Behaviour = 'good') {
    const from = lane.push(branch, `feat: ${version}`, { [`${version}.md`]: version });
    const [[name = '', image]] = Object.entries(await lane.image(version, behaviour)) as [
      [string, { repository: string; digest: string }],
    ];
    const file = join(folder, 'images.json');
    const registry = image.repository.slice(0, -name.length - 1);
    const images = [{ name: name.replace('gospelib-', ''), digest: image.digest, revision: from }];
    writeFileSync(file, JSON.stringify({ registry, images }));
    await gl(0, 'ship', '--branch', branch, '--images', file);
    lane.git('fetch', '-q', 'origin', branch);
    lane.git('merge', '-q', '--ff-only', 'FETCH_HEAD');
    return lane.git('rev-parse', branch);
  }

  const sign = (commit: string) => gl(0, 'images', 'sign', '--of', 'staging', '--commit', commit);

  /** Looks once, and lets the record say that it has been looked at for so long. */
  async function bakeFor(minutes: number): Promise<void> {
    await gl(0, 'bake', 'observe');
    const { argocd } = lane.kube('staging');
    const name = 'gospelib-bake-staging';
    const { data } = JSON.parse(await argocd.run(['get', 'configmap', name, '-ojson']));
    const record = JSON.parse(data.record);
    record.stretches.at(-1).from = new Date(Date.now() - minutes * 60_000).toISOString();
    const patch = JSON.stringify({ data: { record: JSON.stringify(record) } });
    await argocd.run(['patch', 'configmap', name, '--type=merge', `--patch=${patch}`]);
  }

  /** `cd-production.yml` as it is, which has to fail; what it said. */
  async function promoteByWorkflow(tag: string): Promise<string> {
    lane.git('checkout', '-q', tag);
    const { succeeded, said, replaced } = await runWorkflow({
      root: lane.root,
      file: 'cd-production.yml',
      ref: `refs/tags/${tag}`,
      env: {
        ...env,
        GOSPELIB_ENVIRONMENTS: lane.environments(),
        GOSPELIB_RECORDS: 'origin',
      },
      secrets: {
        // A secret is blotted out wherever it stands in what act says.
        GITHUB_TOKEN: 'token-of-the-lane',
        STAGING_KUBECONFIG: readFileSync(process.env.KUBECONFIG ?? '', 'utf8'),
      },
      folder,
    });
    lane.git('checkout', '-q', 'stage');
    console.log(
      `act: ${tag}; in the place of ${[...new Set(replaced)].join(', ')} nothing is done\n${said}`,
    );
    expect(succeeded).toBe(false);
    return said;
  }

  /** Bob agrees to the run of a tag. */
  function agree(tag: string): void {
    github.runOf = lane.git('rev-parse', `${tag}^{commit}`);
    github.approvals = [{ login: 'bob', state: 'approved' }];
  }

  test('a release is refused by each gate that is not open, and made when all are', async () => {
    const commit = await ship('v1');
    await story.arrive('staging', commit);
    await gl(0, 'bake', 'observe');
    await gl(3, 'bake', 'status');
    github.green = new Set();
    const closed = await gl(4, 'release', 'v1.0.0');
    expect(closed.stderr).toContain('It bakes since');
    expect(closed.stderr).toContain('CI has not succeeded');
    expect(closed.stderr).toContain('Not signed by us');
    await bakeFor(25 * 60);
    await gl(0, 'bake', 'status');
    await sign(commit);
    await gl(0, 'images', 'verify', '--of', 'staging', '--commit', commit);
    const red = await gl(4, 'release', 'v1.0.0');
    expect(red.stderr.match(/^\s*- /gm)).toHaveLength(1);
    github.green = undefined;
    await gl(0, 'release', 'v1.0.0', '--dry-run');
    await gl(0, 'release', 'v1.0.0');
    expect((await gl(4, 'release', 'v1.0.0')).stderr).toContain('is taken');
  });

  test('the account that looks at staging does so with its rights alone, and has no others', async () => {
    const account = openPodAccount(join(folder, 'account'));
    try {
      const args = ['bake', 'observe', '--in-pod', '--origin', lane.origin('staging'), '--json'];
      const seen: string[] = [];
      for (let looks = 0; looks < 2; looks += 1) {
        const looked = await lane.gl(args, account.env);
        expect(looked, looked.stderr + looked.stdout).toMatchObject({ code: 0 });
        seen.push(JSON.parse(looked.stdout).seen);
      }
      expect(seen[1]?.localeCompare(seen[0] ?? '')).toBe(1);
      expect(account.may('get', 'applications.argoproj.io/gospelib-staging')).toBe(true);
      expect(account.may('update', 'configmaps/gospelib-bake-staging')).toBe(true);
      for (const what of [
        ['get', 'secrets'],
        ['list', 'configmaps'],
        ['update', 'configmaps/argocd-cm'],
        ['patch', 'applications.argoproj.io/gospelib-staging'],
        ['get', 'applications.argoproj.io/gospelib-production'],
        ['create', 'pods'],
      ]) {
        expect(account.may(...what), what.join(' ')).toBe(false);
      }
    } finally {
      account.remove();
    }
  });

  test('its pod reaches staging and the API server alone, signs in, writes a note, and its record outlives it', async () => {
    const account = openPodAccount(join(folder, 'pod-account'));
    const watch = await openWatchPod(process.env.GOSPELIB_REGISTRY ?? '');
    try {
      const { argocd } = lane.kube('staging');
      const record = async () =>
        JSON.parse(
          await argocd.run(['get', 'configmap/gospelib-bake-staging', '-ojsonpath={.data.record}']),
        );
      const origin = `http://gospelib-gateway.${namespaceOf('staging')}:8080`;
      const gateway = origin.slice('http://'.length);
      const api = 'kubernetes.default.svc:443';
      expect(await watch.reaches([api, gateway, process.env.GOSPELIB_REGISTRY ?? ''])).toEqual([
        api,
      ]);
      watch.letIn(namespaceOf('staging'));
      expect(await watch.reaches([gateway])).toEqual([gateway]);
      watch.account('wrong');
      expect((await watch.look(origin)).said).toContain('somebody signs in (status 401)');
      watch.account('of-the-lane');
      const before = await record();
      const looked = await watch.look(origin);
      expect(looked, looked.said).toMatchObject({ succeeded: true });
      watch.remove();
      const after = await record();
      expect(after.wrong).toBeUndefined();
      expect(after.seen.localeCompare(before.seen)).toBe(1);
      // What broke before it is told for good.
      expect(JSON.stringify(after.stretches)).toContain('somebody signs in');
    } finally {
      watch.remove();
      account.remove();
    }
    await bakeFor(25 * 60);
  });

  test('it comes to production only with an approval of this very run', async () => {
    const promote = ['promote', 'release/v1.0.0', '--watch', '5'];
    agree('release/v1.0.0');
    github.approvals = [];
    expect((await gl(4, ...production, ...promote)).stderr).toContain('Nobody has agreed');
    github.approvals = [{ login: 'ann', state: 'approved' }];
    expect((await gl(4, ...production, ...promote)).stderr).toContain('wants somebody else');
    agree('release/v1.0.0');
    github.runOf = 'd'.repeat(40);
    expect((await gl(4, ...production, ...promote)).stderr).toContain('This run is of');
    agree('release/v1.0.0');
    github.green = new Set();
    expect((await gl(4, ...production, ...promote)).stderr).toContain('CI has not succeeded');
    github.green = undefined;
    await gl(0, ...production, ...promote);
    await story.serves('production', 'v1');
  });

  test('status and releases name commit, tag, digests, who agreed, and what each pod runs', async () => {
    const { stdout } = await gl(0, 'releases', '--json');
    const tag = 'release/v1.0.0';
    const commit = lane.git('rev-parse', `${tag}^{commit}`);
    const chain = JSON.parse(stdout);
    expect(chain.releases[0]).toMatchObject({ tag, commit, approvedBy: 'bob' });
    const [{ digest }] = chain.images;
    expect(chain.pods).toHaveLength(2);
    for (const pod of chain.pods) expect(pod).toMatchObject({ digest, release: { tag, commit } });
    // All but one service are not there: it says so, and tells the release all the same.
    const shown = await gl(3, '--env', 'production', 'status');
    for (const part of [tag, commit.slice(0, 12), 'bob', digest]) {
      expect(shown.stdout).toContain(part);
    }
  });

  test('the workflow of production waits for an approval; it takes a release back that answers 500, and fails', async () => {
    const commit = await ship('v2', 'stage', 'answers-500-in-production');
    await story.arrive('staging', commit);
    await sign(commit);
    await bakeFor(25 * 60);
    await gl(0, 'release', 'v1.1.0');
    github.runOf = lane.git('rev-parse', 'release/v1.1.0^{commit}');
    github.approvals = [];
    expect(await promoteByWorkflow('release/v1.1.0')).toContain('Nobody has agreed');
    agree('release/v1.1.0');
    expect(await promoteByWorkflow('release/v1.1.0')).toContain('was taken back');
    await story.serves('production', 'v1');
    expect((await gl(4, ...production, 'rollback')).stderr).toContain('brought back');
  });

  test('a hotfix from production has a shorter bake, and the next release needs it merged back', async () => {
    await gl(0, 'hotfix', 'start', 'login-loop', '--why', 'nobody can sign in');
    const branch = 'hotfix/login-loop';
    lane.git('fetch', '-q', 'origin', `${branch}:${branch}`);
    const commit = await ship('fix1', branch);
    await gl(0, '--env', 'staging', 'hotfix', 'bake', 'login-loop');
    await story.arrive('staging', commit);
    await sign(commit);
    await bakeFor(31);
    await gl(0, 'bake', 'status', '--hotfix');
    const release = [
      'release',
      'v1.0.1',
      '--hotfix',
      'login-loop',
      '--reason',
      'nobody can sign in',
    ];
    expect((await gl(4, ...release)).stderr).toContain('who allowed');
    await gl(0, ...release, '--allowed-by', 'ann');
    agree('release/v1.0.1');
    await gl(0, ...production, 'promote', 'release/v1.0.1', '--watch', '5');
    await story.serves('production', 'fix1');
    await gl(0, '--env', 'staging', 'hotfix', 'end');
    expect((await gl(4, 'release', 'v1.2.0')).stderr).toContain('release/v1.0.1');
  });

  test('rollback brings the release before back, and all that was done is written down', async () => {
    await gl(4, '--env', 'staging', '--why', 'nobody knows', 'restart', 'content');
    await gl(0, ...production, 'rollback', '--why', 'tried');
    await story.serves('production', 'v1');
    // Promotions, ways back and hotfixes came through the gates; what is pushed by hand did not.
    await gl(0, 'ci', 'production');
    lane.git('fetch', '-q', 'origin', 'production:production');
    const byHand = lane.push('production', 'perf: quickly', { 'by-hand.md': 'x' });
    expect((await gl(1, 'ci', 'production')).stdout).toContain(byHand.slice(0, 12));
    lane.git('fetch', '-q', 'origin', 'records');
    const names = lane.git('ls-tree', '-r', '--name-only', 'FETCH_HEAD').split('\n');
    const verbs = names.map((name) => /\d{3}Z-(.+)-[0-9a-f]{8}\.json$/.exec(name)?.[1]);
    const own = [
      'ship',
      'release',
      'promote',
      'rollback',
      'hotfix-start',
      'hotfix-bake',
      'hotfix-end',
    ];
    for (const verb of [...own, 'restart']) expect(verbs).toContain(verb);
    const recordOf = (verb: string) => {
      const last = names
        .filter((name) => name.includes(`Z-${verb}-`))
        .toSorted()
        .at(-1);
      return JSON.parse(lane.git('show', `FETCH_HEAD:${last}`));
    };
    expect(recordOf('rollback')).toMatchObject({ who: 'ann', why: 'tried' });
    // It says of itself nothing: whatever changes an environment is written down, also what fails.
    expect(recordOf('restart')).toMatchObject({
      environment: 'staging',
      who: 'ann',
      why: 'nobody knows',
      what: 'content',
      result: expect.stringMatching(/^failed: /),
    });
  });
});
