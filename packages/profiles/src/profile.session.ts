import { console as profiler } from 'node:inspector';
import { type HeapProfiler, type Profiler, Session } from 'node:inspector/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** Fifty samples a second: each wakes the thread it looks at, also one that does nothing. */
export const samplePeriodUs = 20_000;
/** One of so many allocated bytes is sampled on average. Go's 512 KiB are many samples for who allocates 100 KB a request. */
export const heapPeriodBytes = 4 * 1024 * 1024;
/** How long V8's profiler stays ready for the next recording: whoever pulls profiles all the time comes sooner. */
const readyForMs = 30_000;

/**
 * V8's own profilers, through Node's inspector: no native addon that could take the process along. To begin the first
 * recording V8 lists all code, which takes a service up to 100 ms of processor time; one that begins while another
 * runs takes none of that, so one is kept running between recordings that follow each other.
 */
export class ProfileSession {
  #session: Session | undefined;
  #recording = false;
  #sampling = false;
  #count = 0;
  /** Runs between recordings and is thrown away. */
  #keeper: string | undefined;
  #end: NodeJS.Timeout | undefined;

  /** @returns undefined while another recording runs */
  async recordCpu(seconds: number, signal: AbortSignal): Promise<Profiler.Profile | undefined> {
    if (this.#recording) return undefined;
    this.#recording = true;
    try {
      const session = await this.#openProfiler();
      const own = this.#begin();
      clearTimeout(this.#end);
      this.#endKeeper();
      await wait(seconds * 1000, undefined, { signal }).catch(() => undefined);
      this.#keeper = this.#begin();
      this.#end = setTimeout(() => this.#endKeeper(), readyForMs).unref();
      return await finish(session, own);
    } finally {
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
    clearTimeout(this.#end);
    this.#session?.disconnect();
  }

  #begin(): string {
    this.#count += 1;
    const title = `recording ${this.#count}`;
    profiler.profile(title);
    return title;
  }

  #endKeeper(): void {
    if (this.#keeper !== undefined) profiler.profileEnd(this.#keeper);
    this.#keeper = undefined;
  }

  async #openProfiler(): Promise<Session> {
    const session = this.#open();
    if (this.#count === 0) {
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: samplePeriodUs });
    }
    return session;
  }

  #open(): Session {
    if (this.#session === undefined) {
      this.#session = new Session();
      this.#session.connect();
    }
    return this.#session;
  }
}

/** `profileEnd` tells every session; this one takes its own. */
function finish(session: Session, title: string): Promise<Profiler.Profile> {
  return new Promise((resolve) => {
    const take = ({ params }: { params: Profiler.ConsoleProfileFinishedEventDataType }): void => {
      if (params.title !== title) return;
      session.off('Profiler.consoleProfileFinished', take);
      resolve(params.profile);
    };
    session.on('Profiler.consoleProfileFinished', take);
    profiler.profileEnd(title);
  });
}
