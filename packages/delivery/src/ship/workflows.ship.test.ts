import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findUnsigned, signerOf } from '../signing/image.signature.ts';
import { FakeGithub } from '../testing/fake.github.ts';
import { type PersonClone, personClone } from '../testing/person.clone.ts';
import { makeSigningIdentity } from '../testing/signing.identity.ts';
import { runWorkflow } from '../testing/workflow.run.ts';
import { imagesPath, readImageSet } from './image.set.ts';

const repository = resolve(import.meta.dirname, '../../../..');
const { GOSPELIB_REGISTRY: registry = '' } = process.env;
const fails = (command: string, ...args: string[]) => spawnSync(command, args).status !== 0;
const noAct = fails('act', '--help') ? 'act is not on the PATH' : undefined;
const tools = ['cosign', 'syft'].filter((tool) => fails(tool, '--help'));
const noImages =
  noAct ??
  (registry === ''
    ? 'GOSPELIB_REGISTRY names no registry'
    : tools.length > 0
      ? `${tools.join(' and ')} missing`
      : fails('docker', 'buildx', 'inspect', '--bootstrap')
        ? 'docker buildx has no builder'
        : undefined);
if (noAct) console.warn(`SKIPPED: no workflow is executed, since ${noAct}.`);
if (noImages) console.warn(`SKIPPED: cd-staging and hotfix are not executed, since ${noImages}.`);

const images = 'https://github.com/o/r/.github/workflows/images.yml';
/** What makes images outside of a workflow of GitHub. */
const builder = ['DOCKER_CONFIG', 'BUILDX_BUILDER', 'BUILD_BASE', 'RUNTIME_BASE'];

describe.skipIf(noAct)('workflows, executed as they are', () => {
  const github = new FakeGithub();
  let folder: string;
  let root: string;
  let clone: PersonClone;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gospelib-workflows-'));
    root = join(folder, 'clone');
    clone = personClone(root, join(folder, 'remote.git'), repository);
    clone.git('push', '-q', 'origin', 'main:stage');
    clone.git('fetch', '-q', 'origin', 'stage:stage');
    const given = builder.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
    env = { ...Object.fromEntries(given), GOSPELIB_RECORDS: 'origin', ...(await github.start()) };
  });
  afterAll(() => {
    github.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A merge to a branch, and its workflow; what it said. */
  async function merge(file: string, branch: string, path: string, job?: string): Promise<string> {
    github.succeeded = clone.git('rev-parse', branch);
    const text = `${readFileSync(join(root, path), 'utf8')}\n`;
    clone.push(branch, `feat: ${path}`, { [path]: text });
    const { succeeded, said } = await runWorkflow({
      root,
      file,
      ref: `refs/heads/${branch}`,
      env,
      secrets: { GITHUB_TOKEN: 'token-of-the-lane' },
      vars: { REGISTRY: registry },
      ...(job && { job }),
      folder,
    });
    console.log(`act: ${file} of ${branch}\n${said}`);
    expect(succeeded, said).toBe(true);
    clone.git('fetch', '-q', 'origin', branch);
    clone.git('merge', '-q', '--ff-only', 'FETCH_HEAD');
    return said;
  }

  const ended = (said: string) =>
    [...said.matchAll(/^\[ci\/([^\]]+?) *\] 🏁 {2}Job succeeded/gm)].map(([, job]) => job).sort();

  test('ci: for a page it runs the tests that read pages, and nothing else', async () => {
    const said = await merge('ci.yml', 'stage', 'docs/glossary.md');
    expect(ended(said)).toEqual(['tests of what is affected', 'what is affected']);
    expect(said).toMatch(/nx run @gospelib\/tools:test|@gospelib\/tools:test/);
  });

  test('ci: for a service it runs its tests', async () => {
    const said = await merge('ci.yml', 'stage', 'services/auditor/src/config.ts', 'test-js');
    expect(ended(said)).toEqual(['tests of what is affected', 'what is affected']);
    expect(said).toContain('@gospelib/auditor:test');
    expect(said).not.toContain('@gospelib/study:test');
  });

  describe.skipIf(noImages)('that make images', () => {
    beforeAll(() => {
      const { authority, certificate, privateKey } = makeSigningIdentity(
        folder,
        'ours',
        `${images}@refs/heads/stage`,
      );
      Object.assign(env, {
        COSIGN_PASSWORD: '',
        GOSPELIB_REGISTRY_INSECURE: '1',
        GOSPELIB_SIGNING_PRIVATE_KEY: privateKey,
        GOSPELIB_SIGNING_CERTIFICATE: certificate,
        GOSPELIB_SIGNING_AUTHORITY: authority,
        GOSPELIB_SIGNER: images,
      });
    });

    const setOf = (branch: string) =>
      readImageSet(clone.git('show', `${branch}:${imagesPath('staging')}`), branch);

    test.each([
      ['cd-staging.yml', 'stage'],
      ['hotfix.yml', 'hotfix/login-loop'],
    ])(
      '%s: one changed service is built, pushed, signed, and stands on its branch',
      async (file, branch) => {
        if (branch !== 'stage') {
          clone.git('branch', branch, 'stage');
          clone.git('push', '-q', 'origin', branch);
        }
        const before = setOf(branch);
        await merge(file, branch, 'services/auditor/src/config.ts');
        const after = setOf(branch);
        const changed = Object.keys(after).filter(
          (name) => after[name]?.digest !== before[name]?.digest,
        );
        expect(changed).toEqual(['gospelib-auditor']);
        const auditor = after['gospelib-auditor'];
        const reference = `${auditor?.repository}@${auditor?.digest}`;
        expect(reference).toContain(`${registry}/gospelib-auditor@sha256:`);
        expect(await findUnsigned([reference], signerOf(env), { ...process.env, ...env })).toEqual(
          [],
        );
      },
    );
  });
});
