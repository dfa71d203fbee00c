import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const WATCH = resolve(import.meta.dirname, '../../../../infra/argocd/staging/watch.yaml');

/** The account of the pod that looks at staging, for a while. */
export interface PodAccount {
  /** What a pod of it has: its token, its namespace, and where the API server is. */
  env: NodeJS.ProcessEnv;
  /** Whether the API server lets it do something (kubectl auth can-i). */
  may(...what: string[]): boolean;
  remove(): void;
}

/** Applies it as infra/argocd/staging has it, beside Argo CD; its schedule is off. @param folder an empty one */
export function openPodAccount(folder: string): PodAccount {
  const kubectl = (...args: string[]) =>
    execFileSync('kubectl', ['--namespace=argocd', ...args], { encoding: 'utf8', stdio: 'pipe' });
  kubectl('apply', '-f', WATCH);
  kubectl('patch', 'cronjob', 'gospelib-bake', '--patch={"spec":{"suspend":true}}');
  mkdirSync(folder);
  const keep = (name: string, text: string) => writeFileSync(join(folder, name), text);
  keep('token', kubectl('create', 'token', 'gospelib-bake'));
  keep('namespace', 'argocd');
  keep('ca.crt', kubectl('get', 'configmap', 'kube-root-ca.crt', '-ojsonpath={.data.ca\\.crt}'));
  const server = ['config', 'view', '--minify', '-ojsonpath={.clusters[0].cluster.server}'];
  const { hostname, port } = new URL(kubectl(...server));
  return {
    env: {
      KUBECONFIG: '/nonexistent',
      KUBERNETES_SERVICE_HOST: hostname,
      KUBERNETES_SERVICE_PORT: port,
      GOSPELIB_POD_ACCOUNT: folder,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.crt'),
    },
    may: (...what) => {
      try {
        kubectl(
          'auth',
          'can-i',
          '--quiet',
          ...what,
          '--as=system:serviceaccount:argocd:gospelib-bake',
        );
        return true;
      } catch {
        return false;
      }
    },
    remove: () => void kubectl('delete', '-f', WATCH, '--ignore-not-found'),
  };
}
