import type { IngestProgress } from './ingest.job.ts';

/** Who is told what happens while a platform starts and runs. */
export interface Watcher {
  say(line: string): void;
  progress(progress: IngestProgress): void;
  /** The ingest is over, one way or another. */
  progressEnded(): void;
}
