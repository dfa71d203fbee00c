import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packLayer, pushImage } from '@gospelib/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSigningIdentity } from '../testing/signing.identity.ts';
import { findUnsigned, type Signer } from './image.signature.ts';
import { signImages } from './image.signing.ts';

const { GOSPELIB_REGISTRY: registry } = process.env;
const missing = ['cosign', 'syft'].filter((tool) => spawnSync(tool, ['--help']).status !== 0);
const why =
  missing.length > 0
    ? `without ${missing.join(' and ')}`
    : registry
      ? undefined
      : 'without GOSPELIB_REGISTRY';
if (why) console.warn(`SKIPPED: signatures in a registry are not tried ${why}.`);

const workflow = 'https://github.com/o/r/.github/workflows/images.yml';
const env = { ...process.env, GOSPELIB_REGISTRY_INSECURE: '1', COSIGN_PASSWORD: '' };

describe.skipIf(why)('signatures in a registry', () => {
  let folder: string;
  let key: Signer;
  const path = (name: string) => join(folder, name);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gospelib-signing-'));
    for (const name of ['own', 'other']) {
      execFileSync('cosign', ['generate-key-pair', `--output-key-prefix=${name}`], {
        cwd: folder,
        env,
        stdio: 'pipe',
      });
    }
    key = { key: path('own.pub') };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** An image of this test alone, so that nothing signed it before. */
  async function push(content: string): Promise<string> {
    const scripts = { '/content': `${content} ${folder}` };
    const settings = { repository: 'gospelib-signing', entrypoint: ['/content'], user: '65532' };
    return pushImage(registry ?? '', packLayer({ programs: {}, scripts }), settings);
  }
  const sign = (reference: string, more: NodeJS.ProcessEnv) =>
    signImages([reference], { ...env, ...more });

  test('an image that nobody signed, and one that another key signed, do not count', async () => {
    const reference = await push('unsigned');
    expect(await findUnsigned([reference], key, env)).toHaveLength(1);
    await sign(reference, { GOSPELIB_SIGNING_PRIVATE_KEY: path('other.key') });
    expect(await findUnsigned([reference], key, env)).toHaveLength(1);
    expect(await findUnsigned([reference], { key: path('other.pub') }, env)).toEqual([]);
  });

  test('a signed image counts with its list of contents, and not with one byte altered', async () => {
    const reference = await push('signed');
    expect(await sign(reference, { GOSPELIB_SIGNING_PRIVATE_KEY: path('own.key') })).toContain(
      '1 images are signed',
    );
    expect(await findUnsigned([reference], key, env)).toEqual([]);
    const altered = await push('Signed');
    expect(altered).not.toBe(reference);
    expect(await findUnsigned([altered], key, env)).toHaveLength(1);
  });

  test('the digest of a signed image with other bytes behind it is found', async () => {
    const reference = await push('exchanged');
    await sign(reference, { GOSPELIB_SIGNING_PRIVATE_KEY: path('own.key') });
    const digit = reference.endsWith('0') ? '1' : '0';
    const other = `${reference.slice(0, -1)}${digit}`;
    expect(await findUnsigned([other], key, env)).toHaveLength(1);
  });

  test('a signature without a list of contents does not count', async () => {
    const reference = await push('without');
    const how = [
      '--yes',
      `--key=${path('own.key')}`,
      '--use-signing-config=false',
      '--tlog-upload=false',
    ];
    execFileSync('cosign', ['sign', ...how, '--allow-http-registry', reference], {
      env,
      stdio: 'pipe',
    });
    expect(await findUnsigned([reference], key, env)).toHaveLength(1);
  });

  test('of certificates the workflow on its branch counts, another branch, workflow, issuer or authority does not', async () => {
    const branches = { stage: true, 'hotfix/login-loop': true, main: false };
    const authority = makeSigningIdentity(folder, 'ours', `${workflow}@refs/heads/stage`).authority;
    for (const [branch, counts] of Object.entries(branches)) {
      const reference = await push(branch);
      const { privateKey, certificate } = makeSigningIdentity(
        folder,
        'ours',
        `${workflow}@refs/heads/${branch}`,
      );
      await sign(reference, {
        GOSPELIB_SIGNING_PRIVATE_KEY: privateKey,
        GOSPELIB_SIGNING_CERTIFICATE: certificate,
      });
      const found = await findUnsigned([reference], { workflow, authority }, env);
      expect(found, branch).toHaveLength(counts ? 0 : 1);
      const other = makeSigningIdentity(
        folder,
        'another',
        `${workflow}@refs/heads/stage`,
      ).authority;
      expect(await findUnsigned([reference], { workflow, authority: other }, env)).toHaveLength(1);
      const stranger = workflow.replace('/o/', '/evil/');
      expect(await findUnsigned([reference], { workflow: stranger, authority }, env)).toHaveLength(
        1,
      );
    }
  });
});
