import { expect, test } from 'vitest';
import { findUnsigned, signerOf, verifyArguments } from './image.signature.ts';

const reference = `registry.test/gospelib-study@sha256:${'a'.repeat(64)}`;

test('without cosign it is not known who signed, and without a name nobody’s signature counts', async () => {
  const nothing = { PATH: '/nonexistent' };
  await expect(findUnsigned([reference], { key: 'own.pub' }, nothing)).rejects.toThrow(
    'cosign is not on the PATH',
  );
  expect(() => signerOf({})).toThrow('Nobody is named whose signature counts');
});

test('a keyless signature counts when the workflow made it on stage or on a hotfix’s branch', () => {
  const workflow = 'https://github.com/o/r/.github/workflows/images.yml';
  const args = verifyArguments(reference, signerOf({ GOSPELIB_SIGNER: workflow }));
  expect(args.at(-1)).toBe(reference);
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
