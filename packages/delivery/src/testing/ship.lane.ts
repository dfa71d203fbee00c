import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { OperatorError } from '@gospelib/cli-kit';
import { type GlResult, runGl } from '@gospelib/processes';
import { packLayer, pushImage } from '@gospelib/testkit';
import { parseAllDocuments } from 'yaml';
import type { EnvironmentKube, Kube } from '../argocd/kube.port.ts';
import type { ImageSet } from '../ship/image.set.ts';
import { type PersonClone, personClone } from './person.clone.ts';
import { type Behaviour, podProgram } from './pod.program.ts';
import { type EnvironmentName, environments, manifests, namespaceOf } from './ship.manifests.ts';

const execute = promisify(execFile);
const repository = resolve(import.meta.dirname, '../../../..');
const { KUBECONFIG, GOSPELIB_REGISTRY, GOSPELIB_GIT_DIR, GOSPELIB_GIT_URL } = process.env;
/** It stands for all services. */
const SERVICE = 'gospelib-gateway';
/** The Application of Applications, and its folder. */
const PARENT = 'gospelib-lane-applications';
const url = `${GOSPELIB_GIT_URL}/gospelib-lane.git`;

/** Why the lane cannot run; undefined: it can. */
export function whyNoShip(): string | undefined {
  const wanted = { KUBECONFIG, GOSPELIB_REGISTRY, GOSPELIB_GIT_DIR, GOSPELIB_GIT_URL };
  const missing = Object.entries(wanted).flatMap(([name, value]) => (value ? [] : [name]));
  if (missing.length > 0) {
    return `needs a cluster with Argo CD, a registry, and a folder whose repositories Argo CD reads: ${missing.join(', ')}`;
  }
  const known = spawnSync('kubectl', ['get', 'crd', 'applications.argoproj.io']);
  return known.status === 0 ? undefined : 'needs Argo CD on the cluster of KUBECONFIG';
}

/** The whole way in small: a repository, a registry, Argo CD, and two namespaces with one small service. */
export interface ShipLane extends PersonClone {
  /** The clone of whoever works: of this repository, with one small service in the place of the platform. */
  root: string;
  /** A release of the service, in the registry. */
  image(version: string, behaviour?: Behaviour): Promise<ImageSet>;
  kube(name: EnvironmentName): EnvironmentKube;
  origin(name: EnvironmentName): string;
  kubectl(...args: string[]): string;
  /** A verb of this code, called in the clone as a person calls it. */
  gl(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<GlResult>;
  /** The file that tells verbs of the two environments, as they are now. */
  environments(): string;
  /** Has Argo CD keep the Application of production itself as git declares it, by another one; its name. */
  declareApplications(): string;
  /** Takes the remote away and gives it back: for git that is down. */
  takeGitAway(): () => void;
  stop(): void;
}

/** The one place that says what is otherwise than in `infra`: where sources and images come from, and the namespaces. */
export async function openShipLane(): Promise<ShipLane> {
  const registry = GOSPELIB_REGISTRY ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-ship-'));
  const bare = join(GOSPELIB_GIT_DIR ?? '', 'gospelib-lane.git');
  const root = join(folder, 'clone');
  const file = join(folder, 'environments.json');
  const kubectl = (...args: string[]) =>
    execFileSync('kubectl', args, { encoding: 'utf8', stdio: 'pipe' });
  clear();
  const { git, push } = personClone(root, bare, repository);
  const layer = packLayer({ programs: { '/bin/node': process.execPath } });
  const image: ShipLane['image'] = async (version, behaviour = 'good') => {
    const entrypoint = ['/bin/node', '-e', podProgram(version, behaviour)];
    const settings = { repository: SERVICE, entrypoint, user: '65532' };
    const [place = '', digest = ''] = (await pushImage(registry, layer, settings)).split('@');
    return { [SERVICE]: { repository: place, digest } };
  };
  push('main', 'feat: a service', manifests(repository, await image('v0')));
  git('push', '-q', 'origin', 'main:stage', 'main:production');
  git('fetch', '-q', 'origin', 'stage:stage');
  for (const name of environments) kubectl('create', 'namespace', namespaceOf(name));
  for (const name of environments) kubectlApply(applicationsOf(name));
  return {
    root,
    git,
    push,
    kubectl,
    image,
    gl: (args, env = {}) => {
      // The lane’s remote is its own: what is done is written down there.
      const own = {
        ...process.env,
        GOSPELIB_ENVIRONMENTS: writeEnvironments(),
        GOSPELIB_RECORDS: 'origin',
      };
      return runGl(root, args, { env: { ...own, ...env } });
    },
    environments: writeEnvironments,
    kube: (name) => ({ name, argocd: kubeOf('argocd'), platform: kubeOf(namespaceOf(name)) }),
    origin,
    declareApplications: () => {
      const [application] = applicationsOf('production').filter(
        ({ kind }) => kind === 'Application',
      );
      push('main', 'feat: an Application of Applications', {
        [`${PARENT}/production.json`]: JSON.stringify(application),
      });
      kubectlApply([parentApplication]);
      return PARENT;
    },
    takeGitAway: () => {
      execFileSync('mv', [bare, `${bare}.away`]);
      return () => execFileSync('mv', [`${bare}.away`, bare]);
    },
    stop: () => {
      clear();
      rmSync(folder, { recursive: true, force: true });
    },
  };

  function origin(name: EnvironmentName): string {
    const path = ['-ojsonpath={.spec.clusterIP}', '--ignore-not-found'];
    const address = kubectl('get', 'service', SERVICE, `-n${namespaceOf(name)}`, ...path);
    return `http://${address || 'not-there.invalid'}:8080`;
  }

  /** As infra/environments.json has them; where readers reach them is known once they are there. */
  function writeEnvironments(): string {
    const context = kubectl('config', 'current-context').trim();
    const entries = environments.map((name) => {
      const asks = name === 'production';
      return [name, { context, namespace: namespaceOf(name), origin: origin(name), asks }];
    });
    writeFileSync(file, JSON.stringify({ environments: Object.fromEntries(entries) }));
    return file;
  }

  /** Jobs of a sync wait for Argo CD to let them go, which knows nothing of them any more. */
  function releaseHooks(namespace: string): void {
    const patch = ['--type=merge', '--patch={"metadata":{"finalizers":null}}'];
    for (const job of kubectl('get', 'jobs', '-oname', `-n${namespace}`).split('\n')) {
      if (job !== '') kubectl('patch', job, `-n${namespace}`, ...patch);
    }
  }

  /** What an earlier run left, too. Applications go first: they would bring back what goes. */
  function clear(): void {
    kubectl('delete', 'application.argoproj.io', PARENT, '-nargocd', '--ignore-not-found');
    for (const name of environments) {
      const application = `application.argoproj.io/gospelib-${name}`;
      const from = ['-nargocd', '--ignore-not-found', '-ojsonpath={.spec.source.repoURL}'];
      const source = kubectl('get', application, ...from);
      if (source !== '' && source !== url) {
        throw new Error(`${application} is there already and comes from ${source}: not ours.`);
      }
      kubectl('delete', application, '-nargocd', '--ignore-not-found', '--wait=false');
      kubectl('delete', 'configmap', `gospelib-bake-${name}`, '-nargocd', '--ignore-not-found');
      kubectl(
        'delete',
        'appproject.argoproj.io',
        `gospelib-${name}`,
        '-nargocd',
        '--ignore-not-found',
      );
      releaseHooks(namespaceOf(name));
      kubectl('delete', 'namespace', namespaceOf(name), '--ignore-not-found', '--wait');
    }
    for (const path of [bare, `${bare}.away`]) rmSync(path, { recursive: true, force: true });
  }
}

/** Our kubectl port, as `gl` has it. */
function kubeOf(namespace: string): Kube {
  const run: Kube['run'] = async (args, { input = '', timeoutSeconds = 30 } = {}) => {
    const timeout = timeoutSeconds * 1000 + 15_000;
    const running = execute('kubectl', [`--namespace=${namespace}`, ...args], { timeout });
    running.child.stdin?.end(input);
    try {
      return (await running).stdout;
    } catch (cause) {
      const { stderr = '', message } = cause as Error & { stderr?: string };
      throw new OperatorError(`kubectl: ${stderr.trim() || message}`);
    }
  };
  return {
    run,
    find: (args) =>
      run(args).catch((error: Error) => {
        if (/NotFound/.test(error.message)) return undefined;
        throw error;
      }),
  };
}

function kubectlApply(items: readonly object[]): void {
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  execFileSync('kubectl', ['apply', '-f', '-'], { input, stdio: 'pipe' });
}

interface Declared {
  kind: string;
  metadata: { name: string };
  spec: {
    project: string;
    source: { repoURL: string };
    sourceRepos: string[];
    destination: { namespace: string };
    destinations: { namespace: string }[];
  };
}

const parentApplication = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: PARENT, namespace: 'argocd' },
  spec: {
    project: 'default',
    source: { repoURL: url, targetRevision: 'main', path: PARENT },
    destination: { server: 'https://kubernetes.default.svc', namespace: 'argocd' },
    syncPolicy: { automated: { selfHeal: true } },
  },
};

/** The Application and its project as infra/argocd has them. Two environments on one cluster need two projects. */
function applicationsOf(name: EnvironmentName): readonly Declared[] {
  const folder = join(repository, 'infra/argocd', name);
  const text = execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8' });
  const all = parseAllDocuments(text).map((document): Declared => document.toJS());
  const ours = all.filter(({ kind }) => kind === 'Application' || kind === 'AppProject');
  return ours.map((one) => {
    const project = `gospelib-${name}`;
    if (one.kind === 'AppProject') {
      one.metadata.name = project;
      one.spec.sourceRepos = [url];
      one.spec.destinations = [{ ...one.spec.destinations[0], namespace: namespaceOf(name) }];
    } else {
      one.spec.project = project;
      one.spec.source.repoURL = url;
      one.spec.destination.namespace = namespaceOf(name);
    }
    return one;
  });
}
