import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A container as every pod of the platform has it: nothing is granted, nothing can be written but what is mounted. */
export interface Container {
  image: string;
  command?: readonly string[];
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Empty volumes, by their path. */
  volumes?: readonly string[];
  /** A Secret whose entries are files in /run/secrets/gospelib. */
  secret?: string;
  /** Where it answers, for others of the namespace by the pod's name. */
  port?: number;
  labels?: Readonly<Record<string, string>>;
  finalizer?: string;
  grace?: number;
  /** Runs before the first one and sees its processes. */
  beside?: { image: string; script: string };
}

const security = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

/** The objects of one pod. The authority of the stores lies in /tls. */
export function podOf(name: string, container: Container): object[] {
  const { image, command, args, env = {}, volumes = [], secret, port, labels, beside } = container;
  const own = { app: name, ...labels };
  const mounts = volumes.map((mountPath, index) => ({ name: `v${index}`, mountPath }));
  const secrets = [mountSecret('tls', '/tls')];
  if (secret !== undefined) secrets.push(mountSecret(secret, '/run/secrets/gospelib'));
  const main = {
    name: 'main',
    image,
    ...(command && { command }),
    ...(args && { args }),
    env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
    securityContext: security,
    volumeMounts: [...mounts, ...secrets.map(([, mount]) => mount)],
    ...(port !== undefined && {
      ports: [{ containerPort: port }],
      readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
    }),
  };
  const other = beside && {
    name: 'beside',
    image: beside.image,
    command: ['/usr/local/bin/node', '-e', beside.script],
    securityContext: security,
  };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      labels: own,
      ...(container.finalizer && { finalizers: [container.finalizer] }),
    },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      shareProcessNamespace: beside !== undefined,
      terminationGracePeriodSeconds: container.grace ?? 30,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65532,
        runAsGroup: 65532,
        fsGroup: 65532,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: other === undefined ? [main] : [other, main],
      volumes: [
        ...mounts.map((mount) => ({ name: mount.name, emptyDir: {} })),
        ...secrets.map(([volume]) => volume),
      ],
    },
  };
  if (port === undefined) return [pod];
  const spec = { selector: { app: name }, ports: [{ port, targetPort: port }] };
  return [pod, { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec }];
}

function mountSecret(name: string, mountPath: string): [volume: object, mount: object] {
  return [
    { name, secret: { secretName: name, defaultMode: 0o440 } },
    { name, mountPath, readOnly: true },
  ];
}

/** A namespace in which nothing privileged is let in. */
export class ImageNamespace {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  kubectl(args: readonly string[], input = ''): string {
    const own = [`--namespace=${this.name}`, ...args];
    return execFileSync('kubectl', own, {
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: 'pipe',
    });
  }

  create(): void {
    this.remove(true);
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: this.name,
        labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
      },
    };
    execFileSync('kubectl', ['create', '-f', '-'], { input: JSON.stringify(namespace) });
  }

  remove(wait: boolean): void {
    const args = ['delete', 'namespace', this.name, '--ignore-not-found', `--wait=${wait}`];
    execFileSync('kubectl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  }

  apply(...items: object[]): void {
    this.kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  }

  /** Starts pods and waits until all of them are ready. @throws Error with what kubectl says */
  ready(...names: readonly string[]): void {
    const pods = names.map((name) => `pod/${name}`);
    this.kubectl(['wait', '--for=condition=Ready', ...pods, '--timeout=120s']);
  }

  /** Runs a pod to its end. @returns its exit code and all that it said */
  async run(name: string, container: Container): Promise<{ code: number; output: string }> {
    this.apply(...podOf(name, container));
    const own = `--namespace=${this.name}`;
    const ended = '{.status.containerStatuses[0].state.terminated.exitCode}';
    const until = ['wait', `pod/${name}`, `--for=jsonpath=${ended}`, '--timeout=240s'];
    await run('kubectl', [own, ...until]);
    const code = Number(this.kubectl(['get', 'pod', name, `--output=jsonpath=${ended}`]));
    return { code, output: this.kubectl(['logs', name]) };
  }
}
