import { execFile, execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { packLayer, pushImage } from '@gospelib/testkit';

const execute = promisify(execFile);
const repository = resolve(import.meta.dirname, '../../../..');
const TIMEOUT_MS = 60_000;
const MAIN = '/app/apps/gl/dist/main.js';

/** What a look from a pod came to. */
export interface PodLook {
  succeeded: boolean;
  said: string;
}

/** The pod that looks at staging, as infra/argocd has it, beside Argo CD. */
export interface WatchPod {
  /** Looks once, as the schedule has it do, at this address. */
  look(origin: string): Promise<PodLook>;
  /** Which of these it reaches (`host:port`), once its policies are in force. */
  reaches(targets: readonly string[]): Promise<readonly string[]>;
  /** Lets it reach the service of a namespace: an address of the lane is not the public one of staging. */
  letIn(namespace: string): void;
  /** The account with which it writes. */
  account(password: string): void;
  remove(): void;
}

interface Container {
  image: string;
  command?: string[];
  args: string[];
}

/** Policies are in force some seconds after a pod has begun; until then it reaches everything. */
const tryTargets = (targets: readonly string[]) => `
const { connect } = require('node:net');
const reaches = (target) => new Promise((resolve) => {
  const [host, port] = target.split(':');
  const socket = connect({ host, port, timeout: 3000 }, () => resolve(true));
  for (const end of ['error', 'timeout']) socket.on(end, () => resolve(false));
});
setTimeout(async () => {
  const found = [];
  for (const target of ${JSON.stringify(targets)}) if (await reaches(target)) found.push(target);
  console.log(JSON.stringify(found));
  process.exit();
}, 6000);
`;

/** The manifests have to be applied. What is otherwise here: the image, of this code, and where staging is. */
export async function openWatchPod(registry: string): Promise<WatchPod> {
  const image = await pushVerbs(registry);
  const kubectl = (...args: string[]) =>
    execFileSync('kubectl', ['--namespace=argocd', ...args], { encoding: 'utf8', stdio: 'pipe' });
  const apply = (object: object) =>
    execFileSync('kubectl', ['--namespace=argocd', 'apply', '-f', '-'], {
      input: JSON.stringify(object),
      stdio: 'pipe',
    });
  let looks = 0;
  /** Runs what the schedule would, with another container; what it said. */
  const run = async (alter: (container: Container) => void): Promise<PodLook> => {
    looks += 1;
    const name = `gospelib-bake-lane-${looks}`;
    kubectl('delete', 'job', name, '--ignore-not-found');
    const how = ['--from=cronjob/gospelib-bake', '--dry-run=client', '-ojson'];
    const job = JSON.parse(kubectl('create', 'job', name, ...how));
    const [container] = job.spec.template.spec.containers;
    container.image = image;
    alter(container);
    apply(job);
    const end = Date.now() + TIMEOUT_MS;
    for (;;) {
      const { status } = JSON.parse(kubectl('get', 'job', name, '-ojson'));
      if (status.succeeded === 1 || status.failed === 1 || Date.now() > end) {
        const said = kubectl('logs', `job/${name}`, '--tail=50');
        return { succeeded: status.succeeded === 1, said };
      }
      await sleep(500);
    }
  };
  return {
    look: (origin) =>
      run((container) => {
        container.args = container.args.map((one) => (one.startsWith('https://') ? origin : one));
      }),
    reaches: async (targets) => {
      const { said } = await run((container) => {
        container.command = ['/bin/node', '-e', tryTargets(targets)];
        container.args = [];
      });
      return JSON.parse(said);
    },
    letIn: (namespace) =>
      void apply({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'gospelib-bake-lane' },
        spec: {
          podSelector: { matchLabels: { 'app.kubernetes.io/name': 'gospelib-bake' } },
          policyTypes: ['Egress'],
          egress: [
            {
              to: [
                {
                  namespaceSelector: {
                    matchLabels: { 'kubernetes.io/metadata.name': namespace },
                  },
                },
              ],
              ports: [{ port: 8080 }],
            },
          ],
        },
      }),
    account: (password) =>
      void apply({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'gospelib-bake' },
        stringData: {
          GOSPELIB_BAKE_EMAIL: 'bake@example.org',
          GOSPELIB_BAKE_PASSWORD: password,
        },
      }),
    remove: () => {
      for (let look = 1; look <= looks; look += 1) {
        kubectl('delete', 'job', `gospelib-bake-lane-${look}`, '--ignore-not-found');
      }
      kubectl('delete', 'networkpolicy', 'gospelib-bake-lane', '--ignore-not-found');
      kubectl('delete', 'secret', 'gospelib-bake', '--ignore-not-found');
    },
  };
}

/** The verbs as their image has them (infra/docker/Dockerfile), without the stores, which they need for backups. */
async function pushVerbs(registry: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-ops-'));
  try {
    const gl = join(repository, 'apps/gl');
    const how = ['--platform', 'node', '--format', 'esm', '--log-level', 'silent'];
    await execute(
      '../../gl',
      ['exec', 'rolldown', 'src/main.ts', ...how, '--dir', `${folder}/dist`],
      {
        cwd: gl,
      },
    );
    cpSync(join(gl, 'package.json'), join(folder, 'package.json'));
    const scripts = Object.fromEntries(
      ['package.json', ...globSync('dist/**/*.js', { cwd: folder })].map((path) => [
        `/app/apps/gl/${path}`,
        readFileSync(join(folder, path), 'utf8'),
      ]),
    );
    const layer = packLayer({ programs: { '/bin/node': process.execPath }, scripts });
    const entrypoint = ['/bin/node', MAIN];
    return await pushImage(registry, layer, {
      repository: 'gospelib-ops',
      entrypoint,
      user: '65532',
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
