import { expect, test } from 'vitest';
import { findUnsigned, signerArguments, signerOf } from './image.signature.ts';
import { signImages } from './image.signing.ts';

const reference = `registry.test/gospelib-study@sha256:${'a'.repeat(64)}`;
const nothing = { PATH: '/nonexistent' };

test('without cosign it is not known who signed, and without a name nobody’s signature counts', async () => {
  await expect(findUnsigned([reference], { key: 'own.pub' }, nothing)).rejects.toThrow(
    'cosign is not on the PATH',
  );
  expect(() => signerOf({})).toThrow('Nobody is named whose signature counts');
});

test('without a key or an identity nothing is signed, and it is said; without syft nothing is signed either', async () => {
  expect(await signImages([reference], nothing)).toContain('not signed');
  const own = { ...nothing, GOSPELIB_SIGNING_PRIVATE_KEY: 'own.key' };
  await expect(signImages([reference], own)).rejects.toThrow('syft is not on the PATH');
});

test('a keyless signature counts when the workflow made it on stage or on a hotfix’s branch', () => {
  const workflow = 'https://github.com/o/r/.github/workflows/images.yml';
  const args = signerArguments(signerOf({ GOSPELIB_SIGNER: workflow }));
  expect(args.join()).not.toContain('insecure');
  const text = args.find((one) => one.startsWith('--certificate-identity-regexp='));
  const identity = new RegExp(text?.split('=').slice(1).join('=') ?? '$.');
  const counts = (name: string) => identity.test(name);
  expect(counts(`${workflow}@refs/heads/stage`)).toBe(true);
  expect(counts(`${workflow}@refs/heads/hotfix/login-loop`)).toBe(true);
  expect(counts(`${workflow}@refs/heads/main`)).toBe(false);
  expect(counts(`${workflow}@refs/pull/1/merge`)).toBe(false);
  expect(counts(`${workflow.replace('.github/', 'xgithub/')}@refs/heads/stage`)).toBe(false);
  expect(counts(`https://evil.test/${workflow}@refs/heads/stage`)).toBe(false);
});
