import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chooseTarget } from './environments.file.ts';

const root = resolve(import.meta.dirname, '../../..');

function file(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'gl-environments-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'environments.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const entry = { namespace: 'a', origin: 'http://a.test', asks: false };
const choose = (content: unknown, env: NodeJS.ProcessEnv = {}) =>
  chooseTarget(root, { GOSPELIB_ENVIRONMENTS: file(content), ...env }, 'own-one');

test('the committed file has staging and production, and production asks before it is changed', () => {
  expect(chooseTarget(root, {}, 'staging')).toMatchObject({
    namespace: 'gospelib-staging',
    asks: false,
  });
  expect(chooseTarget(root, {}, 'production')).toMatchObject({
    context: 'gospelib-production',
    asks: true,
  });
});

test('the context is that of the file, or of the variable, and never the current one', () => {
  const named = { environments: { 'own-one': { ...entry, context: 'mine' } } };
  expect(choose(named).context).toBe('mine');
  const variable = { GOSPELIB_CONTEXT_OWN_ONE: 'other' };
  expect(choose(named, variable).context).toBe('other');
  const none = { environments: { 'own-one': entry } };
  expect(() => choose(none)).toThrow(
    'No kubectl context is named for own-one.\nThe current context is never taken by chance.\nSet GOSPELIB_CONTEXT_OWN_ONE',
  );
});

test.each([
  [{ environments: {} }, 'There is no environment own-one; --env takes local.'],
  [{ environments: { other: entry } }, '--env takes local, other.'],
  ['{', 'is no JSON'],
  [{ environments: { 'own-one': { ...entry, asks: 'no', namespace: 'A_B' } } }, 'namespace'],
])('%j is refused', (content, text) => {
  expect(() => choose(content)).toThrow(text);
});

test('a file that is not there is named', () => {
  expect(() => chooseTarget('/nowhere', {}, 'staging')).toThrow('/nowhere/infra/environments.json');
});
