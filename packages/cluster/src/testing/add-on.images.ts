import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packLayer, pushImage } from '@gospelib/testkit';

const PROGRAMS = ['argocd', 'metrics-server', 'redis-server', 'git', 'kubectl', 'go'];
/** Of the version that this Argo CD comes with; installed once with Go. */
const KUSTOMIZE = 'sigs.k8s.io/kustomize/kustomize/v5@v5.7.1';

/** Programs of the add-ons that this machine does not have: their images are made of them, no registry is asked. */
export function missingPrograms(): string[] {
  return PROGRAMS.filter((name) => spawnSync('which', [name]).status !== 0);
}

/** The repository of each image, as manifests name it, and where it was pushed; under the tag that they name. */
export type AddOnImages = Readonly<Record<string, string>>;

/** Argo CD, its Redis and metrics-server, of the programs of this machine. */
export async function pushAddOnImages(
  registry: string,
  tags: Readonly<Record<'argocd' | 'redis' | 'metrics-server', string>>,
): Promise<AddOnImages> {
  const find = (name: string) => execFileSync('which', [name], { encoding: 'utf8' }).trim();
  const roles = ['application-controller', 'repo-server', 'server', 'cmp-server'];
  const role = (name: string) =>
    `#!/bin/sh\nexport ARGOCD_BINARY_NAME=argocd-${name} ARGOCD_GPG_ENABLED=false\nexec /usr/local/bin/argocd "$@"\n`;
  const argocd = packLayer({
    programs: {
      '/usr/local/bin/argocd': find('argocd'),
      '/usr/local/bin/kustomize': kustomize(),
      '/usr/bin/git': find('git'),
      ...Object.fromEntries(['sh', 'cp', 'env'].map((name) => [`/bin/${name}`, find(name)])),
    },
    scripts: {
      ...Object.fromEntries(roles.map((name) => [`/usr/local/bin/argocd-${name}`, role(name)])),
      '/etc/passwd': 'argocd:x:999:999::/home/argocd:/bin/sh\n',
    },
  });
  const only = (name: string) => packLayer({ programs: { [`/bin/${name}`]: find(name) } });
  const push = async (layer: Buffer, name: string, entrypoint: string[], tag: string) => {
    const repository = `gospelib-lane-${name}`;
    await pushImage(registry, layer, { repository, entrypoint, user: '999', tag });
    return `${registry}/${repository}`;
  };
  return {
    'quay.io/argoproj/argocd': await push(argocd, 'argocd', ['/bin/env'], tags.argocd),
    'public.ecr.aws/docker/library/redis': await push(
      only('redis-server'),
      'redis',
      ['/bin/redis-server'],
      tags.redis,
    ),
    'registry.k8s.io/metrics-server/metrics-server': await push(
      only('metrics-server'),
      'metrics-server',
      ['/bin/metrics-server'],
      tags['metrics-server'],
    ),
  };
}

function kustomize(): string {
  const bin = resolve(import.meta.dirname, '../../../../.gl/go/bin');
  const program = join(bin, 'kustomize');
  if (!existsSync(program)) {
    const env = { ...process.env, GOBIN: bin, GOFLAGS: '' };
    execFileSync('go', ['install', KUSTOMIZE], { env, stdio: 'pipe' });
  }
  return program;
}
