import { platform } from '@gospelib/platform';
import type { Kubectl } from '../kube/kubectl.ts';
import { secretValue } from './cluster.secret.ts';

/** A secret of the catalogue, where the manifests have it. Never to be printed. @throws OperatorError */
export async function catalogueSecret(kubectl: Kubectl, name: string): Promise<string> {
  if (name === 'backup-signing') {
    return secretValue(kubectl, kubectl.target.secret, 'BACKUP_SIGNING_KEYS');
  }
  const [, schema] = /^(.+)-database$/.exec(name) ?? [];
  if (schema !== undefined) {
    return secretValue(kubectl, 'gospelib-migrations', `${schema}-password`);
  }
  for (const [service, { environment }] of Object.entries(platform.services)) {
    for (const [variable, setting] of Object.entries(environment)) {
      if (setting.from !== 'secret' || setting.secret !== name) continue;
      const value = await secretValue(kubectl, `gospelib-${service}`, variable);
      const [before = '', after = ''] = (platform.secrets[name]?.format ?? '%').split('%');
      return value.startsWith(before) && value.endsWith(after)
        ? value.slice(before.length, value.length - after.length)
        : value;
    }
  }
  throw new Error(`The catalogue has no secret ${name}.`);
}
