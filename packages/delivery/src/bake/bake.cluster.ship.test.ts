import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runGl } from '@gospelib/processes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoShip } from '../testing/ship.lane.ts';
import { ShipStory } from '../testing/ship.story.ts';

const why = whyNoShip();
if (why) console.warn(`SKIPPED: the account that looks at staging ${why}.`);
const repository = resolve(import.meta.dirname, '../../../..');
const watch = join(repository, 'infra/argocd/staging/watch.yaml');

describe.skipIf(why)('the account that looks at staging', () => {
  let story: ShipStory;
  let account: string;
  const kubectl = (...args: string[]) =>
    execFileSync('kubectl', ['--namespace=argocd', ...args], { encoding: 'utf8', stdio: 'pipe' });

  beforeAll(async () => {
    story = await ShipStory.open();
    await story.ship('v1');
    account = mkdtempSync(join(tmpdir(), 'gospelib-account-'));
    kubectl('apply', '-f', watch);
    kubectl('patch', 'cronjob', 'gospelib-bake', '--patch={"spec":{"suspend":true}}');
    writeFileSync(join(account, 'token'), kubectl('create', 'token', 'gospelib-bake'));
    writeFileSync(join(account, 'namespace'), 'argocd');
    writeFileSync(
      join(account, 'ca.crt'),
      kubectl('get', 'configmap', 'kube-root-ca.crt', '-ojsonpath={.data.ca\\.crt}'),
    );
  });
  afterAll(() => {
    kubectl('delete', '-f', watch, '--ignore-not-found');
    story?.lane.stop();
    rmSync(account, { recursive: true, force: true });
  });

  /** As in its pod: the same verb, with the token of its account and nothing else. */
  const observe = () => {
    const { hostname, port } = new URL(
      kubectl('config', 'view', '--minify', '-ojsonpath={.clusters[0].cluster.server}'),
    );
    const origin = story.lane.origin('staging');
    return runGl(repository, ['bake', 'observe', '--in-pod', '--origin', origin, '--json'], {
      env: {
        PATH: process.env.PATH,
        KUBERNETES_SERVICE_HOST: hostname,
        KUBERNETES_SERVICE_PORT: port,
        GOSPELIB_POD_ACCOUNT: account,
        NODE_EXTRA_CA_CERTS: join(account, 'ca.crt'),
      },
    });
  };

  test('looks, and adds to the record', async () => {
    for (const stretches of [1, 1]) {
      const looked = await observe();
      expect(looked, looked.stderr + looked.stdout).toMatchObject({ code: 0 });
      const text = kubectl(
        'get',
        'configmap',
        'gospelib-bake-staging',
        '-ojsonpath={.data.record}',
      );
      expect(JSON.parse(text)).toMatchObject({ stretches: { length: stretches } });
    }
  });

  test('may do nothing else', () => {
    const as = '--as=system:serviceaccount:argocd:gospelib-bake';
    const may = (...what: string[]) => {
      try {
        return kubectl('auth', 'can-i', ...what, as).trim();
      } catch (error) {
        return (error as { stdout: string }).stdout.trim();
      }
    };
    expect(may('get', 'applications.argoproj.io/gospelib-staging')).toBe('yes');
    expect(may('update', 'configmaps/gospelib-bake-staging')).toBe('yes');
    for (const what of [
      ['get', 'secrets'],
      ['list', 'configmaps'],
      ['update', 'configmaps/argocd-cm'],
      ['patch', 'applications.argoproj.io/gospelib-staging'],
      ['get', 'applications.argoproj.io/gospelib-production'],
      ['create', 'pods'],
    ]) {
      expect(may(...what), what.join(' ')).toBe('no');
    }
  });
});
