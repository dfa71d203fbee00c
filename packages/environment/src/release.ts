/** Code that was started in an environment, with the migrations that belong to it. */
export interface Release {
  /** ISO 8601: when it was started, the first time in a row. */
  at: string;
  /** What it is started from: a folder on one machine. */
  root: string;
  /** The commit, where git knows one. */
  commit?: string | undefined;
  /** The last migration of each schema. */
  migrations: Readonly<Record<string, string>>;
  /** Whether all of it ever answered. */
  cameUp: boolean;
}

/** The last one before what was started last that ever answered. */
export function releaseBefore(releases: readonly Release[]): Release | undefined {
  return releases.slice(1).find(({ cameUp }) => cameUp);
}
