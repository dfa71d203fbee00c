import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';
import type { Kube } from '../argocd/kube.port.ts';

/** What a bake needs of the namespace of Argo CD: its Applications, and a ConfigMap beside them. */
export interface BakeCluster {
  /** Undefined where there is none. */
  find(kind: BakeKind, name: string): Promise<unknown>;
  /** False: somebody else has written it since. */
  writeConfigMap(name: string, object: object, isNew: boolean): Promise<boolean>;
}

export type BakeKind = 'applications.argoproj.io' | 'configmaps';

/** Of who has a kubeconfig. */
export function kubectlBakeCluster(argocd: Kube): BakeCluster {
  return {
    find: async (kind, name) => {
      const text = await argocd.find(['get', kind, name, '-o', 'json']);
      return text === undefined ? undefined : JSON.parse(text);
    },
    writeConfigMap: async (_name, object, isNew) => {
      try {
        await argocd.run([isNew ? 'create' : 'replace', '-f', '-'], {
          input: JSON.stringify(object),
        });
        return true;
      } catch (error) {
        if (!(error instanceof OperatorError)) throw error;
        if (/Conflict|AlreadyExists|modified|already exists/.test(error.what)) return false;
        throw error;
      }
    },
  };
}

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
const TIMEOUT_MS = 10_000;
const paths: Readonly<Record<BakeKind, string>> = {
  'applications.argoproj.io': '/apis/argoproj.io/v1alpha1',
  configmaps: '/api/v1',
};

/**
 * Of a pod, by the account that it runs as: its token and namespace lie in a folder, which GOSPELIB_POD_ACCOUNT names where
 * it is another one. The certificate of the API server is trusted by NODE_EXTRA_CA_CERTS.
 */
export function podBakeCluster(env: NodeJS.ProcessEnv): BakeCluster {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = env;
  const account = env.GOSPELIB_POD_ACCOUNT || ACCOUNT;
  if (!host) throw new OperatorError('This is no pod: KUBERNETES_SERVICE_HOST is not set.');
  const read = (name: string) => readFileSync(join(account, name), 'utf8').trim();
  const namespace = read('namespace');
  const call = async (method: string, kind: BakeKind, name: string, body?: object) => {
    const [group, plural = ''] = [paths[kind], kind.split('.')[0]];
    const url = `https://${host}:${port}${group}/namespaces/${namespace}/${plural}${name && `/${name}`}`;
    const response = await fetch(url, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      // It is renewed within the hour.
      headers: { authorization: `Bearer ${read('token')}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    }).catch((cause: Error & { cause?: Error }) => {
      throw new OperatorError(
        `The API server does not answer: ${cause.cause?.message ?? cause.message}`,
      );
    });
    const answer = (await response.json().catch(() => ({}))) as { message?: string };
    const isExpected = response.ok || response.status === 404 || response.status === 409;
    if (isExpected) return { status: response.status, answer };
    throw new OperatorError(
      `The API server answered ${response.status}: ${answer.message ?? 'without a word'}`,
      'infra/argocd/staging/watch.yaml has the rights that the account needs.',
    );
  };
  return {
    find: async (kind, name) => {
      const { status, answer } = await call('GET', kind, name);
      return status === 404 ? undefined : answer;
    },
    writeConfigMap: async (name, object, isNew) => {
      const { status } = isNew
        ? await call('POST', 'configmaps', '', object)
        : await call('PUT', 'configmaps', name, object);
      return status !== 409 && status !== 404;
    },
  };
}
