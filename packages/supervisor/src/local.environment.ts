import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError, waitUntil } from '@gospelib/cli-kit';
import type {
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
import { type StoreName, service, storesOf } from '@gospelib/platform';
import { endProcess, glLauncher, isAlive } from '@gospelib/processes';
import { buildProjects } from '@gospelib/workspace';
import { folders, type LocalConfig } from './config/local.config.ts';
import { portIn } from './config/port.choice.ts';
import { readRememberedCorpus } from './config/remembered.platform.ts';
import { storagePlaces } from './disk/disk.space.ts';
import { printLogs } from './log/local.logs.ts';
import { startDetached } from './platform/detached.supervisor.ts';
import { readLocalStatus } from './platform/local.status.ts';
import { stopPlatform } from './platform/local.stop.ts';
import { lockRecovery } from './platform/recovery.lock.ts';
import { readReleases, runningRoot } from './platform/release.log.ts';
import { readRunState } from './platform/run.state.ts';
import { runIngest } from './services/ingest.job.ts';
import { isSecretKept, restoreSecret, secretOf } from './services/local.secrets.ts';
import { serviceEnvironment } from './services/service.environment.ts';
import { startScratchStore } from './stores/scratch.store.ts';
import { storeAddress } from './stores/store.address.ts';
import { withStore } from './stores/store.session.ts';

const RESTART_TIMEOUT_MS = 60_000;
/** Longer than a service's or a store's own shutdown may take. */
const STOP_GRACE_MS = 15_000;
const POLL_MS = 100;
const ANSWER_TIMEOUT_MS = 2_000;

/** This machine as an environment: a supervisor keeps the processes running, state lies in a data folder. */
export class LocalEnvironment implements Environment {
  readonly name = 'local';
  readonly config: LocalConfig;

  constructor(config: LocalConfig) {
    this.config = config;
  }

  get place(): string {
    return `this machine, state in ${this.config.dataDir}`;
  }

  get recordFolder(): string {
    return folders.incidents(this.config);
  }

  status(): Promise<EnvironmentStatus> {
    return readLocalStatus(this.config);
  }

  async start(): Promise<void> {
    await startDetached(this.config, silent);
  }

  async stop(): Promise<void> {
    await stopPlatform(this.config);
  }

  async restart(name: string): Promise<void> {
    const record = readRunState(this.config)?.processes.find((one) => one.name === name);
    const before = record?.process;
    if (before === undefined || !isAlive(before)) {
      throw new OperatorError(
        `${name} does not run here: there is nothing to restart.`,
        '`./gl status` shows what runs, `./gl up` starts all of it.',
      );
    }
    await endProcess(before, 'SIGTERM', STOP_GRACE_MS);
    const ready = await waitUntil(
      async () => {
        const { processes } = await this.status();
        const now = processes.find((one) => one.name === name);
        return now?.state === 'ready' && now.pid !== before.pid ? now : undefined;
      },
      { timeoutMs: RESTART_TIMEOUT_MS, everyMs: POLL_MS },
    );
    if (ready !== undefined) return;
    throw new OperatorError(
      `${name} was ended, and is not ready again after ${RESTART_TIMEOUT_MS / 1000} s.`,
      `\`./gl logs ${name}\` tells why.`,
    );
  }

  async releases(): Promise<readonly Release[]> {
    return readReleases(this.config);
  }

  async rollOut({ root }: Release): Promise<void> {
    if (!existsSync(glLauncher(root))) {
      throw new OperatorError(`The release lay in ${root}, which is not there any more.`);
    }
    await this.stop();
    await startDetached(this.config, silent, root);
  }

  async migrations(schema: string, of: 'running' | 'own'): Promise<string> {
    const root = of === 'running' ? runningRoot(this.config) : this.config.root;
    return join(root, service(this.config.catalogue, schema).folder, 'migrations');
  }

  async storeAddress(store: StoreName): Promise<string> {
    return storeAddress(this.config, store);
  }

  withStore<T>(store: StoreName, work: (address: string) => Promise<T>): Promise<T> {
    return withStore(this.config, store, work);
  }

  scratchStore(store: 'falkordb' | 'postgresql'): Promise<ScratchStore> {
    return startScratchStore(this.config, store);
  }

  async secret(name: string): Promise<string> {
    return secretOf(this.config, name);
  }

  async isSecretKept(name: string): Promise<boolean> {
    return isSecretKept(this.config, name);
  }

  async restoreSecret(name: string): Promise<void> {
    restoreSecret(this.config, name);
  }

  async serviceEnvironment(name: string): Promise<NodeJS.ProcessEnv> {
    const used = storesOf(service(this.config.catalogue, name)).map((store) => [
      store,
      storeAddress(this.config, store),
    ]);
    return serviceEnvironment(this.config, name, Object.fromEntries(used));
  }

  backups(): { address: string; settings: NodeJS.ProcessEnv } {
    return { address: this.config.backups, settings: this.config.env };
  }

  lockRecovery(): Promise<RecoveryLock | RecoveryHolder> {
    return lockRecovery(this.config);
  }

  async storagePlaces(): Promise<readonly StoragePlace[]> {
    return storagePlaces(this.config);
  }

  async rememberedCorpus(): Promise<RememberedCorpus | undefined> {
    return readRememberedCorpus(this.config.dataDir);
  }

  async runJob(name: string, reporter: JobReporter, flags?: readonly string[]): Promise<void> {
    if (name !== 'ingest') throw new Error(`The catalogue has no job ${name}.`);
    const { signal } = new AbortController();
    await buildProjects(this.config, ['@gospelib/ingest'], (line) => reporter.say(line), signal);
    await runIngest(this.config, await this.storeAddress('falkordb'), {
      started: () => undefined,
      progress: (progress) => reporter.progress(progress),
      log: () => undefined,
      say: (line) => reporter.say(line),
      signal,
      flags,
    });
  }

  ask(name: string, path: string): Promise<Response> {
    return fetch(`http://127.0.0.1:${portIn(this.config.ports, name)}${path}`, {
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
  }

  logs(name: string | undefined, options: LogOptions): Promise<void> {
    return printLogs(this.config, name, options);
  }
}

/** `recover` tells of each step itself. */
const silent = { say: () => {}, progress: () => {}, progressEnded: () => {} };
