/** What is so of the release that an environment has. Plain data: rules are chosen by it. */
export interface DeliverySnapshot {
  /** As it is tagged; undefined: nothing was released yet. */
  release: string | undefined;
  /** Whether it came so lately that what is wrong now is likely its fault. */
  isRecent: boolean;
  /** The release to go back to; undefined: there is none. */
  before: string | undefined;
  /** Why no program goes back here, and what a person does instead; undefined: one does. */
  byHand: string | undefined;
  /** Migrations between the two: none, all of them go back and lose nothing, or not so. */
  migrations: 'none' | 'reversible' | 'fixed';
  /** What readers cannot do; undefined: they are served. */
  unserved: string | undefined;
  /** Why its pods fall or do not become ready; undefined: they do not, or nobody released them lately. */
  broken: string | undefined;
  /** Set when nodes cannot pull its images: in the registry's words, and whether it is the registry that is away. */
  unpullable: { words: string; isRegistryAway: boolean } | undefined;
  /** `paused`: a way back was begun and not ended; `held`: somebody paused it, and the cluster runs what git has. */
  argocd: 'at work' | 'paused' | 'held' | 'away';
}

/** What brings releases to an environment, as far as recovery needs it. */
export interface Delivery {
  /** Undefined where nothing delivers to the environment. Changes nothing of what runs. */
  look(): Promise<DeliverySnapshot | undefined>;
  /**
   * Brings the release before back, as `rollback` does, or ends a way back that was begun.
   * @param keepMigrations the code alone: an older release runs on a newer schema
   * @returns what it did, for people
   */
  goBack(keepMigrations: boolean): Promise<string>;
}
