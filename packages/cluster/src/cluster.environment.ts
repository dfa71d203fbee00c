import { join } from 'node:path';
import { exitCodes, OperatorError, UsageError } from '@gospelib/cli-kit';
import type {
  BackupPlace,
  Environment,
  EnvironmentStatus,
  JobReporter,
  LogOptions,
  RecoveryHolder,
  RecoveryLock,
  Release,
  RememberedCorpus,
  ScratchStore,
  StoragePlace,
} from '@gospelib/environment';
import { platform, portOf, type StoreName, service } from '@gospelib/platform';
import { catalogueSecret } from './access/catalogue.secret.ts';
import { readSecret } from './access/cluster.secret.ts';
import { containerEnvironment } from './access/container.environment.ts';
import { PortForwards } from './access/port.forward.ts';
import { reachAddress, reachStore } from './access/store.access.ts';
import type { ClusterTarget } from './cluster.target.ts';
import { namespaceObjects } from './kube/kube.objects.ts';
import { Kubectl } from './kube/kubectl.ts';
import { releaseHistory } from './release/release.history.ts';
import { restartWorkload, rollOutImages } from './release/roll.out.ts';
import { readRunningMigrations } from './release/running.migrations.ts';
import { readClusterStatus } from './status/cluster.status.ts';
import { runClusterGl, runClusterJob } from './work/cluster.job.ts';
import { printClusterLogs } from './work/cluster.logs.ts';
import { lockByLease } from './work/recovery.lease.ts';
import { startScratchPod } from './work/scratch.pod.ts';

const ANSWER_TIMEOUT_MS = 5_000;

export interface ClusterOptions {
  target: ClusterTarget;
  /** The repository: its migrations are those of the code that asks. */
  root: string;
  /** Where what is written down about the cluster lies on this machine. */
  dataDir: string;
  env: NodeJS.ProcessEnv;
}

/** A namespace of a cluster as an environment: kubectl asks it, and forwarded ports lead to its stores. */
export class ClusterEnvironment implements Environment {
  readonly #options: ClusterOptions;
  readonly #kubectl: Kubectl;
  readonly #forwards: PortForwards;

  constructor(options: ClusterOptions) {
    this.#options = options;
    this.#kubectl = new Kubectl(options.target, options.env);
    this.#forwards = new PortForwards(this.#kubectl);
  }

  get name(): string {
    return this.#options.target.name;
  }

  get place(): string {
    const { context, namespace } = this.#options.target;
    return `the namespace ${namespace} of the cluster in context ${context}`;
  }

  get recordFolder(): string {
    return join(this.#options.dataDir, 'environments', this.name, 'incidents');
  }

  /** Ends the ports that were forwarded. */
  close(): Promise<void> {
    return this.#forwards.close();
  }

  status(): Promise<EnvironmentStatus> {
    return readClusterStatus(this.#kubectl);
  }

  start(): Promise<void> {
    return this.#refuse('starts', 'Applying the manifests starts all of it.');
  }

  stop(): Promise<void> {
    return this.#refuse('ends', 'A workload that must not run is scaled to none in its manifest.');
  }

  restart(name: string): Promise<void> {
    return restartWorkload(this.#kubectl, name);
  }

  async releases(): Promise<readonly Release[]> {
    const { items } = await this.#kubectl.get(['deployments,replicasets'], namespaceObjects);
    return releaseHistory(
      items.flatMap((one) => (one.kind === 'Deployment' ? [one] : [])),
      items.flatMap((one) => (one.kind === 'ReplicaSet' ? [one] : [])),
    );
  }

  rollOut(release: Release): Promise<void> {
    return rollOutImages(this.#kubectl, release);
  }

  async migrations(schema: string, of: 'running' | 'own'): Promise<string> {
    if (of === 'running') return readRunningMigrations(this.#kubectl, schema);
    return join(this.#options.root, service(platform, schema).folder, 'migrations');
  }

  storeAddress(store: StoreName): Promise<string> {
    return reachStore(this.#kubectl, this.#forwards, store);
  }

  async withStore<T>(store: StoreName, work: (address: string) => Promise<T>): Promise<T> {
    return work(await this.storeAddress(store));
  }

  scratchStore(store: 'falkordb' | 'postgresql'): Promise<ScratchStore> {
    return startScratchPod(this.#kubectl, this.#forwards, store, () => this.storeAddress(store));
  }

  secret(name: string): Promise<string> {
    return catalogueSecret(this.#kubectl, name);
  }

  /** Values of before are kept where the secrets come from. */
  async isSecretKept(): Promise<boolean> {
    return false;
  }

  restoreSecret(name: string): Promise<void> {
    return this.#refuse(
      `keeps older values of ${name}`,
      'Put the older version back where the secret comes from; External Secrets brings it here.',
    );
  }

  async serviceEnvironment(name: string): Promise<NodeJS.ProcessEnv> {
    const settings = await containerEnvironment(this.#kubectl, `gospelib-${name}`);
    const reached: Record<string, string> = { ...settings };
    for (const [variable, setting] of Object.entries(service(platform, name).environment)) {
      const address = settings[variable];
      if (setting.from !== 'store' || address === undefined) continue;
      try {
        const { store } = setting;
        reached[variable] = await reachAddress(this.#kubectl, this.#forwards, store, address);
      } catch (error) {
        // As its pods know it: who needs this store says that it does not answer.
        if (!(error instanceof OperatorError) || error.exitCode !== exitCodes.refused) throw error;
      }
    }
    return reached;
  }

  backups(): BackupPlace {
    const { backups, file, name, secret } = this.#options.target;
    if (backups === undefined) {
      throw new UsageError(
        `${name} has no place for backups.`,
        `Name one in ${file}: "backups": "s3://…".`,
      );
    }
    const identities = async () => (await readSecret(this.#kubectl, secret)).BACKUP_AGE_IDENTITIES;
    return { address: backups, settings: this.#options.env, identities };
  }

  /** Disks are the cluster's: its own alerts watch them. */
  async storagePlaces(): Promise<readonly StoragePlace[]> {
    return [];
  }

  lockRecovery(): Promise<RecoveryLock | RecoveryHolder> {
    return lockByLease(this.#kubectl);
  }

  runJob(name: string, reporter: JobReporter, flags?: readonly string[]): Promise<void> {
    return runClusterJob(this.#kubectl, name, reporter, flags);
  }

  /** A command of gl as a job in the cluster, which reaches stores that are closed to this machine. @throws OperatorError with its last words */
  runGl(args: readonly string[], reporter: JobReporter): Promise<void> {
    return runClusterGl(this.#kubectl, args, reporter);
  }

  /** Nothing outside the graph store remembers it. */
  async rememberedCorpus(): Promise<RememberedCorpus | undefined> {
    return undefined;
  }

  async ask(name: string, path: string): Promise<Response> {
    const port = await this.#forwards.to({
      resource: `deployment/gospelib-${name}`,
      port: portOf(platform, name).usual,
    });
    return fetch(`http://127.0.0.1:${port}${path}`, {
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
  }

  logs(name: string | undefined, options: LogOptions): Promise<void> {
    return printClusterLogs(this.#kubectl, name, options);
  }

  #refuse(does: string, remedy: string): Promise<never> {
    return Promise.reject(
      new OperatorError(`Nothing here ${does}: ${this.name} is a cluster.`, remedy, {
        exitCode: exitCodes.refused,
      }),
    );
  }
}
