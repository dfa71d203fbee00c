import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError, type Reporter } from '@gospelib/cli-kit';
import type { Release, RememberedCorpus } from '@gospelib/environment';
import { type StoreName, service, serviceNames, storeNames, storesOf } from '@gospelib/platform';
import { acquireLock, type FileLock, LockedError, ownIdentity } from '@gospelib/processes';
import { buildProjects, findProjects } from '@gospelib/workspace';
import { folders, type LocalConfig, originOf } from '../config/local.config.ts';
import { closeDataFolder, makeOwnFolder } from '../config/own.folder.ts';
import { portIn } from '../config/port.choice.ts';
import {
  readRememberedCorpus,
  rememberCorpus,
  rememberPorts,
} from '../config/remembered.platform.ts';
import { LogFile } from '../log/log.file.ts';
import {
  isReady,
  type ServiceProcess,
  startService,
  untilReady,
} from '../process/service.process.ts';
import { type SupervisedOptions, SupervisedProcess } from '../process/supervised.process.ts';
import { ingestFolder, runIngest } from '../services/ingest.job.ts';
import { keepSecrets } from '../services/local.secrets.ts';
import { type StoreAddresses, serviceEnvironment } from '../services/service.environment.ts';
import { startStore } from '../stores/store.process.ts';
import { clearLeftovers } from './leftovers.ts';
import { assertPortsFree } from './port.check.ts';
import { noteCameUp, noteRelease } from './release.log.ts';
import {
  lockFile,
  type ProcessRecord,
  readRunState,
  removeRunState,
  writeRunState,
} from './run.state.ts';

const ROTATION_MS = 5_000;
/** Between two looks at what was not ready in time. */
const LATE_POLL_MS = 1_000;

/** What is done with data while a platform starts and runs. It comes from outside: a supervisor knows no store's content. */
export interface PlatformData {
  /** Brings every schema to this release. @throws OperatorError */
  migrate(ownerUrl: string, say: (line: string) => void): Promise<void>;
  /** The last migration of each schema that this release has. */
  lastMigrations(): Release['migrations'];
  /** The active corpus of the graph store. @throws OperatorError when it does not answer */
  activeCorpus(falkordbUrl: string): Promise<RememberedCorpus | undefined>;
  /** Takes backups by itself from `start` to `stop`. */
  backups(say: (line: string) => void): { start(): void; stop(): Promise<void> };
}

/** The whole platform on one machine: stores, corpus and services, started in order and kept running. */
export class LocalPlatform {
  readonly #config: LocalConfig;
  readonly #data: PlatformData;
  readonly #reporter: Reporter;
  readonly #lock: FileLock;
  readonly #aborting = new AbortController();
  readonly #logs: LogFile[] = [];
  readonly #services: SupervisedProcess[] = [];
  readonly #stores: SupervisedProcess[] = [];
  readonly #jobs: Promise<void>[] = [];
  readonly #opened = new Date().toISOString();
  readonly #rotation: NodeJS.Timeout;
  readonly #backups: ReturnType<PlatformData['backups']>;
  #ingest: ProcessRecord | undefined;
  #ready = false;
  #stopped: Promise<void> | undefined;

  private constructor(config: LocalConfig, data: PlatformData, reporter: Reporter, lock: FileLock) {
    this.#config = config;
    this.#data = data;
    this.#lock = lock;
    const log = this.#openLog('gl');
    this.#reporter = {
      say: (line) => {
        log.writeLine(`${new Date().toISOString()} ${line}`);
        reporter.say(line);
      },
      progress: (progress) => reporter.progress(progress),
      progressEnded: () => reporter.progressEnded(),
    };
    this.#backups = data.backups((line) => this.#reporter.say(line));
    this.#rotation = setInterval(() => {
      for (const log of this.#logs) log.rotateIfLarge();
    }, ROTATION_MS);
  }

  /**
   * Takes the data folder and clears what a killed supervisor left in it.
   * @throws OperatorError when a platform runs on it already
   */
  static async open(
    config: LocalConfig,
    data: PlatformData,
    reporter: Reporter,
  ): Promise<LocalPlatform> {
    makeOwnFolder(folders.run(config));
    closeDataFolder(config.dataDir);
    const lock = await takeLock(config);
    for (const { name, process } of await clearLeftovers(config)) {
      reporter.say(
        `${name} (process ${process.pid}) was left running by a killed gl; it was ended`,
      );
    }
    return new LocalPlatform(config, data, reporter, lock);
  }

  /**
   * Resolves when every service is ready; with what is not and why, when one is not in time: what is ready serves readers
   * meanwhile. After a rejection, `stop()` is still to be called.
   */
  async start(): Promise<readonly string[]> {
    await assertPortsFree(this.#config);
    rememberPorts(this.#config.dataDir, this.#config.ports);
    noteRelease(this.#config, this.#data.lastMigrations());
    this.#record();
    const built = this.#job(this.#build());
    const stores: Record<StoreName, Promise<string>> = {
      falkordb: this.#openStore('falkordb').then(async (url) => {
        await built; // the ingest is built, too
        await this.#ensureCorpus(url);
        return url;
      }),
      redis: this.#openStore('redis'),
      postgresql: this.#openStore('postgresql').then(async (url) => {
        await this.#job(this.#migrate(url));
        return url;
      }),
    };
    const started = serviceNames(this.#config.catalogue).map(async (name) => {
      await built;
      const used = storesOf(service(this.#config.catalogue, name)).map(async (store) => [
        store,
        await stores[store],
      ]);
      return this.#startService(name, Object.fromEntries(await Promise.all(used)));
    });
    const [processes] = await Promise.all([Promise.all(started), ...Object.values(stores)]);
    const unready = await this.#untilReady(processes);
    this.#backups.start();
    if (unready.length === 0) this.#cameUp();
    else void this.#job(this.#becomeReady(processes));
    return unready;
  }

  /** What is not ready in time, and why. @throws when it is to stop instead */
  async #untilReady(services: readonly ServiceProcess[]): Promise<string[]> {
    const { signal } = this.#aborting;
    const waits = await Promise.allSettled(services.map((one) => untilReady(one, signal)));
    signal.throwIfAborted();
    return waits.flatMap((wait) => (wait.status === 'rejected' ? [wait.reason.message] : []));
  }

  async #becomeReady(services: readonly ServiceProcess[]): Promise<void> {
    const { signal } = this.#aborting;
    while (!signal.aborted) {
      await sleep(LATE_POLL_MS, undefined, { signal }).catch(() => undefined);
      const ready = await Promise.all(services.map(({ port }) => isReady(port)));
      if (!ready.every(Boolean) || signal.aborted) continue;
      this.#reporter.say('everything is ready now');
      this.#cameUp();
      return;
    }
  }

  #cameUp(): void {
    this.#ready = true;
    noteCameUp(this.#config);
    keepSecrets(this.#config);
    this.#record();
  }

  /** Ends services, then stores, and leaves nothing running. Safe to call twice, and while starting. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#ready = false;
    this.#aborting.abort(new Error('it was stopped'));
    await Promise.allSettled([...this.#jobs, this.#backups.stop()]);
    await Promise.all(this.#services.map((one) => one.stop()));
    await Promise.all(this.#stores.map((one) => one.stop()));
    clearInterval(this.#rotation);
    for (const log of this.#logs) log.close();
    removeRunState(this.#config);
    this.#lock.release();
  }

  /** The address of a store: the environment's, or that of the one started here. */
  async #openStore(name: StoreName): Promise<string> {
    return this.#config.external[name] ?? this.#startStore(name);
  }

  async #startStore(name: StoreName): Promise<string> {
    const log = this.#openLog(name);
    const say = (line: string) => this.#reporter.say(line);
    let url = '';
    await this.#supervise(this.#stores, name, async () => {
      const store = await startStore(
        name,
        {
          dataDir: folders.store(this.#config, name),
          port: portIn(this.#config.ports, name),
          log: (line) => log.writeLine(line),
        },
        say,
      );
      url = store.url;
      // A graph that was moved away while we ran is made anew; where that fails the store stays, to be recovered.
      if (name === 'falkordb' && this.#ready) {
        await this.#ensureCorpus(url).catch((error: Error) => say(error.message));
      }
      return store;
    });
    return url;
  }

  async #startService(name: string, stores: StoreAddresses): Promise<ServiceProcess> {
    const started: ServiceProcess = {
      name,
      folder: join(this.#config.root, service(this.#config.catalogue, name).folder),
      port: portIn(this.#config.ports, name),
      env: () => serviceEnvironment(this.#config, name, stores),
      log: this.#openLog(name),
    };
    await this.#supervise(this.#services, name, (noted, signal) =>
      startService(started, noted, signal),
    );
    return started;
  }

  async #supervise(
    group: SupervisedProcess[],
    name: string,
    start: SupervisedOptions['start'],
  ): Promise<void> {
    this.#aborting.signal.throwIfAborted();
    const supervised = new SupervisedProcess({
      name,
      port: portIn(this.#config.ports, name),
      start,
      say: (line) => this.#reporter.say(line),
      changed: () => this.#record(),
    });
    group.push(supervised);
    await supervised.start();
  }

  #build(): Promise<void> {
    const say = (line: string) => this.#reporter.say(line);
    return buildProjects(this.#config, builtProjects(this.#config), say, this.#aborting.signal);
  }

  /** By a job, before the services that own the schemas start: they never migrate themselves. */
  async #migrate(ownerUrl: string): Promise<void> {
    await this.#data.migrate(ownerUrl, (line) => this.#reporter.say(line));
  }

  /** Ingests when the store holds no active corpus: the edition that it held, where it is known to have held one. */
  async #ensureCorpus(falkordbUrl: string): Promise<void> {
    const { dataDir } = this.#config;
    let active = await this.#data.activeCorpus(falkordbUrl);
    if (active === undefined) {
      const lost = readRememberedCorpus(dataDir);
      this.#reporter.say(
        lost === undefined
          ? 'no corpus yet: reading the sources into the graph'
          : `the graph is lost: reading the sources of the ${lost.edition} edition, which was active, into it`,
      );
      const flags = lost === undefined ? [] : ['--edition', lost.edition];
      await this.#job(this.#runIngest(falkordbUrl, flags));
      active = await this.#data.activeCorpus(falkordbUrl);
    }
    if (active !== undefined) rememberCorpus(dataDir, active);
  }

  async #runIngest(falkordbUrl: string, flags: readonly string[]): Promise<void> {
    const log = this.#openLog('ingest');
    try {
      await runIngest(this.#config, falkordbUrl, {
        started: (process) => {
          const since = new Date().toISOString();
          this.#ingest = { name: 'ingest', state: 'running', process, since, restarts: 0 };
          this.#record();
        },
        progress: (progress) => this.#reporter.progress(progress),
        log: (line) => log.writeLine(line),
        say: (line) => this.#reporter.say(line),
        signal: this.#aborting.signal,
        flags,
      });
    } finally {
      this.#ingest = undefined;
      this.#reporter.progressEnded();
      this.#record();
    }
  }

  /** Work that `stop()` waits for, so that nothing of it outlives us. */
  #job(work: Promise<void>): Promise<void> {
    this.#jobs.push(work);
    return work;
  }

  #openLog(name: string): LogFile {
    const log = new LogFile(join(folders.logs(this.#config), `${name}.log`));
    this.#logs.push(log);
    return log;
  }

  #record(): void {
    const external = storeNames(this.#config.catalogue)
      .filter((name) => this.#config.external[name] !== undefined)
      .map(
        (name): ProcessRecord => ({ name, state: 'external', since: this.#opened, restarts: 0 }),
      );
    const started = [...this.#stores, ...this.#services].map(({ record }) => record);
    writeRunState(this.#config, {
      supervisor: ownIdentity(),
      origin: originOf(this.#config),
      ready: this.#ready,
      processes: [...external, ...started, ...(this.#ingest === undefined ? [] : [this.#ingest])],
    });
  }
}

/** What must be built before anything can start: services and the ingest. */
function builtProjects(config: LocalConfig): string[] {
  const wanted = new Set([
    ...serviceNames(config.catalogue).map((name) =>
      join(config.root, service(config.catalogue, name).folder),
    ),
    ingestFolder(config),
  ]);
  const projects = [...findProjects(config.root)];
  return projects.flatMap(([name, folder]) =>
    wanted.has(join(config.root, folder)) ? [name] : [],
  );
}

async function takeLock(config: LocalConfig): Promise<FileLock> {
  try {
    return await acquireLock(lockFile(config), 'The platform');
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    const origin = readRunState(config)?.origin ?? originOf(config);
    throw new OperatorError(
      `GospeLib runs already (process ${error.pid}) on ${config.dataDir}: ${origin}`,
      '`./gl status` shows it, `./gl down` ends it; --data and --port-base start another beside it.',
      { cause: error },
    );
  }
}
