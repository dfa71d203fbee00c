import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { ClusterTarget } from '../cluster.target.ts';
import { Kubectl } from './kubectl.ts';

const target: ClusterTarget = {
  name: 'own',
  context: 'mine',
  namespace: 'gospelib-own',
  origin: 'http://own.test',
  asks: false,
  secret: 'gospelib-backups',
  providerKey: false,
  contextVariable: 'GOSPELIB_CONTEXT_OWN',
  file: 'infra/environments.json',
};

/** A program of that name that does what the script says. */
function kubectlThat(script: string): Kubectl {
  const folder = mkdtempSync(join(tmpdir(), 'gl-kubectl-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'kubectl'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'kubectl'), 0o755);
  return new Kubectl(target, { PATH: `${folder}:${process.env.PATH}` });
}

test('context and namespace are named in every call, and how long it may take', async () => {
  const words = await kubectlThat('echo "$@"').run(['get', 'pods']);
  expect(words.trim()).toBe(
    '--request-timeout=10s --context=mine --namespace=gospelib-own get pods',
  );
});

/** As kubectl 1.32 says it. */
test.each([
  [
    'error: context "mine" does not exist',
    1,
    'kubectl: context "mine" does not exist\nThe kubeconfig has no context mine.',
  ],
  [
    'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?',
    5,
    'The API server does not answer from here.',
  ],
  [
    'Unable to connect to the server: dial tcp: lookup a.invalid: no such host',
    5,
    'Whether the platform serves readers is not known.',
  ],
  [
    'Error from server (Forbidden): pods is forbidden: User "eve" cannot list resource "pods"',
    1,
    'The user of context mine may not do this',
  ],
  ['error: You must be logged in to the server (Unauthorized)', 1, 'are not accepted'],
  ['Error from server (BadRequest): something new', 1, 'kubectl: Error from server (BadRequest)'],
])('%s', async (says, exitCode, told) => {
  const failing = kubectlThat(
    `echo 'E1128 06:25:06 1 memcache.go:265] "Unhandled Error"' >&2; echo '${says}' >&2; exit 1`,
  );
  const error = await failing.run(['get', 'pods']).catch((cause: unknown) => cause);
  expect(error).toMatchObject({ exitCode, message: expect.stringContaining(told) });
});

test('what is not there is undefined, where that is a possible answer', async () => {
  const none = kubectlThat(
    'echo \'Error from server (NotFound): secrets "a" not found\' >&2; exit 1',
  );
  expect(await none.find(['get', 'secret', 'a'])).toBeUndefined();
  await expect(none.run(['get', 'secret', 'a'])).rejects.toThrow('not found');
});

test('an answer of another shape is refused, and tells which fields', async () => {
  const odd = kubectlThat('echo \'{"items":1}\'');
  await expect(odd.get(['pods'], z.object({ items: z.array(z.string()) }))).rejects.toThrow(
    /answered something else than was expected:[\s\S]*items/,
  );
});

test('a machine without kubectl is told so', async () => {
  await expect(new Kubectl(target, { PATH: '/nowhere' }).run([])).rejects.toThrow(
    'kubectl is not on the PATH.',
  );
});
