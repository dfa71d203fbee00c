export type Edition = 'default' | 'full';

/** The corpus that was active when the platform started last, or ingested by itself. */
export interface RememberedCorpus {
  version: string;
  edition: Edition;
}
