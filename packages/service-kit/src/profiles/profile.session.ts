import { type HeapProfiler, type Profiler, Session } from 'node:inspector/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** As Go's and Pyroscope's: a hundred samples a second. */
export const samplePeriodUs = 10_000;
/** One of so many allocated bytes is sampled on average, as in Go. */
export const heapPeriodBytes = 512 * 1024;

/** V8's own profilers, through Node's inspector: no native addon that could take the process along. */
export class ProfileSession {
  #session: Session | undefined;
  #recording = false;
  #sampling = false;

  /** @returns undefined while another recording runs: V8 has one profiler */
  async recordCpu(seconds: number, signal: AbortSignal): Promise<Profiler.Profile | undefined> {
    if (this.#recording) return undefined;
    this.#recording = true;
    const session = this.#open();
    try {
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: samplePeriodUs });
      await session.post('Profiler.start');
      await wait(seconds * 1000, undefined, { signal }).catch(() => undefined);
      const { profile } = await session.post('Profiler.stop');
      return profile;
    } finally {
      await session.post('Profiler.disable');
      this.#recording = false;
    }
  }

  /** What is live of that which was allocated since the first call, which only begins to sample. */
  async sampleHeap(): Promise<HeapProfiler.SamplingHeapProfile> {
    const session = this.#open();
    if (!this.#sampling) {
      this.#sampling = true;
      await session.post('HeapProfiler.startSampling', { samplingInterval: heapPeriodBytes });
    }
    const { profile } = await session.post('HeapProfiler.getSamplingProfile');
    return profile;
  }

  close(): void {
    this.#session?.disconnect();
  }

  #open(): Session {
    if (this.#session === undefined) {
      this.#session = new Session();
      this.#session.connect();
    }
    return this.#session;
  }
}
