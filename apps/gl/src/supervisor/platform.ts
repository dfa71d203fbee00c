import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter } from '@gospelib/cli-kit';
import { OperatorError } from '@gospelib/cli-kit';
import { acquireLock, type FileLock, LockedError, ownIdentity } from '@gospelib/processes';
import {
  type Config,
  logFolder,
  originOf,
  runFolder,
  type StoreName,
  storeFolder,
  storeNames,
} from '../config.ts';
import { readActiveVersion } from '../corpus.ts';
import { backupWork } from './backup.job.ts';
import { BackupSchedule } from './backup.schedule.ts';
import { buildProjects } from './build.ts';
import { runIngest } from './ingest.job.ts';
import { clearLeftovers } from './leftovers.ts';
import { LogFile } from './log.file.ts';
import { migrateAll } from './migration.job.ts';
import { Part, type PartOptions } from './part.ts';
import { assertPortsFree } from './port.check.ts';
import { noteCameUp, noteRelease } from './release.log.ts';
import {
  lockFile,
  type PartRecord,
  readRunState,
  removeRunState,
  writeRunState,
} from './run.state.ts';
import { type ServiceProcess, startService, untilReady } from './service.part.ts';
import {
  builtProjects,
  describeService,
  type ServiceName,
  type StoreUrls,
  serviceNames,
  services,
} from './services.ts';
import { startStore } from './store.part.ts';

const ROTATION_MS = 5_000;

/** The whole of it on one machine: stores, corpus and services, started in order and kept running. */
export class Platform {
  readonly #config: Config;
  readonly #watcher: Reporter;
  readonly #lock: FileLock;
  readonly #aborting = new AbortController();
  readonly #logs: LogFile[] = [];
  readonly #services: Part[] = [];
  readonly #stores: Part[] = [];
  readonly #jobs: Promise<void>[] = [];
  readonly #opened = new Date().toISOString();
  readonly #rotation: NodeJS.Timeout;
  readonly #backups: BackupSchedule;
  #ingest: PartRecord | undefined;
  #ready = false;
  #stopped: Promise<void> | undefined;

  private constructor(config: Config, watcher: Reporter, lock: FileLock) {
    this.#config = config;
    this.#lock = lock;
    const log = this.#openLog('gl');
    this.#watcher = {
      say: (line) => {
        log.writeLine(`${new Date().toISOString()} ${line}`);
        watcher.say(line);
      },
      progress: (progress) => watcher.progress(progress),
      progressEnded: () => watcher.progressEnded(),
    };
    this.#backups = new BackupSchedule(backupWork(config, (line) => this.#watcher.say(line)));
    this.#rotation = setInterval(() => {
      for (const log of this.#logs) log.rotateIfLarge();
    }, ROTATION_MS);
  }

  /**
   * Takes the data folder and clears what a killed supervisor left in it.
   * @throws OperatorError when a platform runs on it already
   */
  static async open(config: Config, watcher: Reporter): Promise<Platform> {
    mkdirSync(runFolder(config), { recursive: true });
    const lock = await takeLock(config);
    for (const { name, process } of await clearLeftovers(config)) {
      watcher.say(`${name} (process ${process.pid}) was left running by a killed gl; it was ended`);
    }
    return new Platform(config, watcher, lock);
  }

  /** Resolves when every service is ready. After a rejection, `stop()` is still to be called. */
  async start(): Promise<void> {
    await assertPortsFree(this.#config);
    noteRelease(this.#config);
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
    const started = serviceNames.map(async (name) => {
      await built;
      const used = services[name].stores.map(async (store) => [store, await stores[store]]);
      return this.#startService(name, Object.fromEntries(await Promise.all(used)));
    });
    const [processes] = await Promise.all([Promise.all(started), ...Object.values(stores)]);
    const { signal } = this.#aborting;
    await Promise.all(processes.map((service) => untilReady(service, signal)));
    this.#ready = true;
    noteCameUp(this.#config);
    this.#record();
    this.#backups.start();
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
    await Promise.all(this.#services.map((part) => part.stop()));
    await Promise.all(this.#stores.map((part) => part.stop()));
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
    const say = (line: string) => this.#watcher.say(line);
    let url = '';
    await this.#supervise(this.#stores, name, async () => {
      const store = await startStore(
        name,
        {
          dataDir: storeFolder(this.#config, name),
          port: this.#config.ports[name],
          log: (line) => log.writeLine(line),
        },
        say,
      );
      url = store.url;
      // A graph that was set aside while we ran is made anew.
      if (name === 'falkordb' && this.#ready) await this.#ensureCorpus(url);
      return store;
    });
    return url;
  }

  async #startService(name: ServiceName, stores: StoreUrls): Promise<ServiceProcess> {
    const service = describeService(this.#config, name, stores, this.#openLog(name));
    await this.#supervise(this.#services, name, (started, signal) =>
      startService(service, started, signal),
    );
    return service;
  }

  async #supervise(
    group: Part[],
    name: ServiceName | StoreName,
    start: PartOptions['start'],
  ): Promise<void> {
    this.#aborting.signal.throwIfAborted();
    const part = new Part({
      name,
      port: this.#config.ports[name],
      start,
      say: (line) => this.#watcher.say(line),
      changed: () => this.#record(),
    });
    group.push(part);
    await part.start();
  }

  #build(): Promise<void> {
    const say = (line: string) => this.#watcher.say(line);
    return buildProjects(this.#config, builtProjects, say, this.#aborting.signal);
  }

  /** By a job, before the services that own the schemas start: they never migrate themselves. */
  async #migrate(ownerUrl: string): Promise<void> {
    await migrateAll(this.#config, ownerUrl, (line) => this.#watcher.say(line));
  }

  /** Ingests when the store holds no active corpus. */
  async #ensureCorpus(falkordbUrl: string): Promise<void> {
    if ((await readActiveVersion(falkordbUrl)) !== undefined) return;
    this.#watcher.say('no corpus yet: reading the sources into the graph');
    await this.#job(this.#runIngest(falkordbUrl));
  }

  async #runIngest(falkordbUrl: string): Promise<void> {
    const log = this.#openLog('ingest');
    try {
      await runIngest(this.#config, falkordbUrl, {
        started: (process) => {
          const since = new Date().toISOString();
          this.#ingest = { name: 'ingest', state: 'running', process, since, restarts: 0 };
          this.#record();
        },
        progress: (progress) => this.#watcher.progress(progress),
        log: (line) => log.writeLine(line),
        signal: this.#aborting.signal,
      });
    } finally {
      this.#ingest = undefined;
      this.#watcher.progressEnded();
      this.#record();
    }
  }

  /** Work that `stop()` waits for, so that nothing of it outlives us. */
  #job(work: Promise<void>): Promise<void> {
    this.#jobs.push(work);
    return work;
  }

  #openLog(name: string): LogFile {
    const log = new LogFile(join(logFolder(this.#config), `${name}.log`));
    this.#logs.push(log);
    return log;
  }

  #record(): void {
    const external = storeNames
      .filter((name) => this.#config.external[name] !== undefined)
      .map((name): PartRecord => ({ name, state: 'external', since: this.#opened, restarts: 0 }));
    const parts = [...this.#stores, ...this.#services].map((part) => part.record);
    writeRunState(this.#config, {
      supervisor: ownIdentity(),
      origin: originOf(this.#config),
      ready: this.#ready,
      parts: [...external, ...parts, ...(this.#ingest === undefined ? [] : [this.#ingest])],
    });
  }
}

async function takeLock(config: Config): Promise<FileLock> {
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
