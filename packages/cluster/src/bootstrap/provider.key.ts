import { OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';
import type { Kubectl } from '../kube/kubectl.ts';
import { apply } from './argocd.install.ts';

/** The Secret that pods without an identity of their own take the provider’s rights from. */
const NAME = 'gospelib-provider-key';
const ID_VARIABLE = 'GOSPELIB_PROVIDER_KEY_ID';
const SECRET_VARIABLE = 'GOSPELIB_PROVIDER_KEY_SECRET';

/** Those of the namespaces that do not have the key. */
export async function findWithoutKey(
  kubectl: Kubectl,
  namespaces: readonly string[],
): Promise<readonly string[]> {
  const found = await Promise.all(
    namespaces.map((namespace) =>
      kubectl.findOne([`secret/${NAME}`, `--namespace=${namespace}`], z.object({})),
    ),
  );
  return namespaces.filter((_, index) => found[index] === undefined);
}

/** Writes the key into each of them, by standard input: it stands in no list of processes. @throws OperatorError */
export async function writeProviderKey(
  kubectl: Kubectl,
  namespaces: readonly string[],
  { [ID_VARIABLE]: id, [SECRET_VARIABLE]: secret }: NodeJS.ProcessEnv,
): Promise<void> {
  if (!id || !secret) {
    throw new OperatorError(
      `The key of the provider is not in ${namespaces.join(', ')}, and ${ID_VARIABLE} and ${SECRET_VARIABLE} do not both say it.`,
      `Set both to an access key that may read the secrets of ${kubectl.target.name} and write its zone, and nothing else.`,
      { meaning: 'Pods of this cluster have no identity of their own. Nothing was changed.' },
    );
  }
  for (const namespace of namespaces) {
    const items = [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: NAME, namespace },
        stringData: { 'access-key-id': id, 'secret-access-key': secret },
      },
    ];
    await apply(kubectl, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }), namespace);
  }
}
