/** Names of keys in the store. */
export const keys = {
  graph: (version: string): string => `gospelib:${version}`,
  /** A graph under construction. One that exists while nobody holds the lock is a leftover. */
  building: (version: string, run: string): string => `gospelib:${version}:building:${run}`,
  buildingReplica: (version: string, run: string): string =>
    `gospelib:${version}:building:${run}:spare`,
  /** A second copy of the active graph, from which readers are served while the first is repaired. Stored as `spare`. */
  replica: (version: string): string => `gospelib:${version}:spare`,
  active: 'gospelib:active',
  /** Changes whenever the pointer moves or the active graph is replaced, also by one of the same version. */
  activation: 'gospelib:activation',
  /** The activation that was found damaged: services stop answering from it when they next read the pointer. Stored as `condemned`. */
  quarantined: 'gospelib:condemned',
  /** What the auditor has found of a fallback, by the key of its graph. */
  verdict: (graph: string): string => `${graph}:verdict`,
  previous: 'gospelib:previous',
  /** The record of a version, a hash: see `VersionRecord`. */
  record: (version: string): string => `gospelib:record:${version}`,
  /** The digest of the version's manifest in a verified backup: vouches for it when the record is damaged. */
  backedDigest: (version: string): string => `gospelib:backed:${version}`,
  lock: 'gospelib:ingest-lock',
  /** Who took the lock last. It does not expire, so a holder whose lock did knows whether anybody came after it. */
  lockHolder: 'gospelib:ingest-holder',
} as const;

/** A corpus version: lower-case hex and the edition's name, e.g. `3f9a0c1b2d4e-default`. */
export const versionPattern = /^[0-9a-f]{12}-(default|full)$/;

/** The edition of a version, by its name. @throws Error for what is no version */
export function editionOf(version: string): 'default' | 'full' {
  const [, edition] = versionPattern.exec(version) ?? [];
  if (edition === 'default' || edition === 'full') return edition;
  throw new Error(`${version} is no version of a corpus.`);
}
