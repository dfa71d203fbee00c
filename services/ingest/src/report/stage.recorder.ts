import type { StageReport } from './ingest.report.ts';

export interface ProgressEvent {
  stage: string;
  done: number;
  total: number;
}

type Counts = Partial<Pick<StageReport, 'records' | 'edges' | 'rejects'>>;

/** Times the stages of a run and reports its progress. */
export class StageRecorder {
  readonly stages: StageReport[] = [];
  readonly #onProgress: (event: ProgressEvent) => void;

  constructor(onProgress: (event: ProgressEvent) => void) {
    this.#onProgress = onProgress;
  }

  /** Runs one stage; `count` returns the number of its results. */
  async run<T>(
    stage: string,
    work: (progress: (done: number, total: number) => void) => T | Promise<T>,
    count: (result: T) => Counts = () => ({}),
  ): Promise<T> {
    const start = performance.now();
    this.#onProgress({ stage, done: 0, total: 1 });
    // Stages block the event loop; this lets timers run, which tell the thread that prolongs the lock that there is progress.
    await new Promise((resolve) => setImmediate(resolve));
    const result = await work((done, total) => this.#onProgress({ stage, done, total }));
    const seconds = Math.round(performance.now() - start) / 1000;
    this.stages.push({ stage, records: 0, edges: 0, rejects: 0, ...count(result), seconds });
    this.#onProgress({ stage, done: 1, total: 1 });
    return result;
  }
}
