/** What is so of the infrastructure that an environment stands on. Plain data: rules are chosen by it. */
export interface ProviderSnapshot {
  environment: string;
  /** What is wrong with Terraform's state, and the version to go back to; undefined: nothing. */
  state: { says: string; restore: string | undefined } | undefined;
  /** Who holds the state: somebody at work, or a process that was killed. */
  lock: { id: string; says: string } | undefined;
  /** What was changed behind Terraform's back, each with a sentence. */
  drifted: readonly { address: string; kind: string; says: string }[];
}

/** Where the environment's infrastructure is, as far as recovery needs it. */
export interface Provider {
  /** Changes nothing. @throws Error when it does not answer */
  look(): Promise<ProviderSnapshot>;
  /** @returns what it did, for people @throws Error when the world has what that version does not know */
  restoreState(version: string): Promise<string>;
  /** Makes these resources what was applied, and nothing else. @throws Error when something would be lost for it */
  mend(addresses: readonly string[]): Promise<string>;
}
