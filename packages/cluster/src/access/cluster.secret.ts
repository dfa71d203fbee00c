import { OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';
import type { Kubectl } from '../kube/kubectl.ts';

const secretObject = z.object({ data: z.record(z.string(), z.string()).default({}) });
const configMapObject = secretObject;

/** What a Kubernetes secret holds, decoded. Never to be printed. @throws OperatorError where there is none */
export async function readSecret(
  kubectl: Kubectl,
  name: string,
): Promise<Readonly<Record<string, string>>> {
  const found = await kubectl.findOne(['secret', name], secretObject);
  if (found === undefined) {
    const { namespace, name: environment } = kubectl.target;
    throw new OperatorError(
      `The namespace ${namespace} has no secret ${name}.`,
      `\`kubectl --context=${kubectl.target.context} -n ${namespace} get externalsecrets\` tells why it was not made.`,
      { meaning: `Stores and secrets of ${environment} cannot be reached without it.` },
    );
  }
  return Object.fromEntries(
    Object.entries(found.data).map(([key, value]) => [
      key,
      Buffer.from(value, 'base64').toString('utf8'),
    ]),
  );
}

/** What a ConfigMap holds. @throws OperatorError where there is none */
export async function readConfigMap(
  kubectl: Kubectl,
  name: string,
): Promise<Readonly<Record<string, string>>> {
  return (await kubectl.get(['configmap', name], configMapObject)).data;
}

/** One value of a secret. @throws OperatorError that names it where it is not there */
export async function secretValue(kubectl: Kubectl, secret: string, key: string): Promise<string> {
  const value = (await readSecret(kubectl, secret))[key];
  if (value !== undefined) return value;
  const { namespace } = kubectl.target;
  throw new OperatorError(
    `The secret ${secret} of the namespace ${namespace} has no ${key}.`,
    'Add it where the secret comes from (its ExternalSecret).',
  );
}
