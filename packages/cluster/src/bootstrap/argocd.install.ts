import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { OperatorError } from '@gospelib/cli-kit';
import type { Kubectl } from '../kube/kubectl.ts';
import type { ApplicationSource } from './cluster.applications.ts';

const run = promisify(execFile);
const CLONE_TIMEOUT_MS = 300_000;
const APPLY_TIMEOUT_S = 120;
const READY_TIMEOUT_S = 300;
const WORKLOADS = [
  'deployment/argocd-redis',
  'deployment/argocd-repo-server',
  'deployment/argocd-server',
  'statefulset/argocd-application-controller',
];

/**
 * Installs Argo CD as its own Application has it: the same source, version and patches, so that it finds nothing to
 * change when it begins to look after itself. Waits until it runs.
 * @throws OperatorError with the message of git or kubectl
 */
export async function installArgocd(kubectl: Kubectl, source: ApplicationSource): Promise<void> {
  const text = await renderSource(kubectl, source);
  await apply(kubectl, text);
  await kubectl.run(
    ['wait', '--for=condition=Established', 'crd/applications.argoproj.io', '--timeout=60s'],
    { timeoutSeconds: 60 },
  );
  for (const workload of WORKLOADS) {
    await kubectl.run(['rollout', 'status', workload, `--timeout=${READY_TIMEOUT_S}s`], {
      timeoutSeconds: READY_TIMEOUT_S,
    });
  }
}

/** Server-side: some of the definitions are too large for the other way. */
export async function apply(
  kubectl: Kubectl,
  text: string,
  namespace = kubectl.target.namespace,
): Promise<void> {
  const how = ['--server-side', '--force-conflicts', '--field-manager=gospelib-bootstrap'];
  await kubectl.run(['apply', `--namespace=${namespace}`, ...how, '-f', '-'], {
    input: text,
    timeoutSeconds: APPLY_TIMEOUT_S,
  });
}

/** What Argo CD’s own kustomize makes of the source. */
async function renderSource(kubectl: Kubectl, source: ApplicationSource): Promise<string> {
  const { repoURL, targetRevision, path = '.', kustomize } = source;
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-bootstrap-'));
  try {
    const clone = join(folder, 'clone');
    await clonePath(repoURL, targetRevision, path.split('/')[0] ?? '.', clone);
    const own = {
      namespace: kubectl.target.namespace,
      resources: [join('../clone', path)],
      patches: kustomize?.patches ?? [],
    };
    const overlay = join(folder, 'overlay');
    mkdirSync(overlay);
    writeFileSync(join(overlay, 'kustomization.yaml'), JSON.stringify(own));
    return await kubectl.run(['kustomize', overlay], { timeoutSeconds: APPLY_TIMEOUT_S });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function clonePath(url: string, revision: string, top: string, to: string): Promise<void> {
  const git = (...args: string[]) => run('git', args, { timeout: CLONE_TIMEOUT_MS });
  try {
    const how = ['--quiet', '--depth=1', '--filter=blob:none', '--sparse', `--branch=${revision}`];
    await git('clone', ...how, '--', url, to);
    await git('-C', to, 'sparse-checkout', 'set', top);
  } catch (cause) {
    const { stderr = '', message } = cause as Error & { stderr?: string };
    throw new OperatorError(
      `${url} cannot be cloned at ${revision}: ${stderr.trim().split('\n').at(-1) || message}`,
      'Argo CD is installed from there; nothing was changed. Look at the network, then run it again.',
      { cause },
    );
  }
}
