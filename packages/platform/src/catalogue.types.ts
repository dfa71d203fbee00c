export type StoreName = 'falkordb' | 'redis' | 'postgresql';

/** Where something listens. */
export interface PortEntry {
  /** The environment variable that moves it on one machine. */
  variable: string;
  usual: number;
  /** Distance from `--port-base`. */
  offset: number;
}

/** Where the value of an environment variable comes from. */
export type Setting =
  | { from: 'store'; store: StoreName }
  | { from: 'service'; service: string }
  | { from: 'secret'; secret: string }
  /** The address at which people reach the platform. */
  | { from: 'origin' }
  /** The same by its number: browsers on this machine may use either. One machine only. */
  | { from: 'loopback' }
  /** A folder for what would be sent elsewhere, as long as `unless` is not set. One machine only. */
  | { from: 'folder'; folder: string; unless: string }
  /** The operator's own environment, where it is set. */
  | { from: 'operator'; secret: boolean };

/** What a process may use; figures are what `./gl status` shows at rest and under the benchmark, rounded up. */
export interface Resources {
  /** Requested memory, in MiB. */
  memoryMi: number;
  /** The most memory it may take before it is ended, in MiB. */
  memoryLimitMi: number;
  /** Requested processor time, in thousandths of a core. */
  cpuMilli: number;
}

export interface StoreEntry {
  /** What it holds, for people. */
  holds: string;
  port: PortEntry;
  /** The environment variable that carries its address, for operators and for services. */
  addressVariable: string;
  /** The schemes that such an address may have. */
  schemes: readonly string[];
  resources: Resources;
}

export interface ServiceEntry {
  /** What it is there for, for people. */
  does: string;
  /** Its project, from the repository's root. */
  folder: string;
  port: PortEntry;
  /** Whether it keeps rows of its own in PostgreSQL, in a schema of its name, which its migrations make. */
  ownsSchema: boolean;
  /** `one`: a second instance would only do the same work again. */
  instances: 'one' | 'many';
  /** What it is told, by variable. HOST and PORT are told to all. */
  environment: Readonly<Record<string, Setting>>;
  /** Programs that its image has: each is built from `src/<name>.main.ts`, and `main` from `src/main.ts`. */
  programs: readonly string[];
  resources: Resources;
}

/** What runs to its end. */
export interface JobEntry {
  does: string;
  /** The project that it is built from. */
  folder: string;
  program: string;
  environment: Readonly<Record<string, Setting>>;
  resources: Resources;
}

export interface SecretEntry {
  protects: string;
  /** How its value is written into the environment, `%` standing for the secret itself. */
  format: string;
}

/** Everything that the platform consists of. Names are keys; their order is the order in which they are shown. */
export interface Catalogue {
  stores: Readonly<Record<StoreName, StoreEntry>>;
  services: Readonly<Record<string, ServiceEntry>>;
  jobs: Readonly<Record<string, JobEntry>>;
  secrets: Readonly<Record<string, SecretEntry>>;
  /** Paths that every service answers. */
  probes: Readonly<Record<'live' | 'ready' | 'metrics', string>>;
}
