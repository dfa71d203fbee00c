import { encodeCpu, ProfileSession, SourceLines } from '@gospelib/profiles';

/** The longest time that a job waits for somebody who does not take its profile, ms. */
const pushMs = 2_000;
/** A job that runs longer is profiled this long, s. */
const longest = 3_600;

/** The processor’s profile of a job from here on. */
export class JobProfile {
  readonly #session = new ProfileSession();
  readonly #end = new AbortController();
  readonly #recorded = this.#session.recordCpu(longest, this.#end.signal);
  readonly #since = Date.now();

  /** Ends the recording and sends it as Pyroscope’s own clients do. @throws when nobody takes it */
  async push(address: string, service: string): Promise<void> {
    const until = Date.now();
    this.#end.abort();
    const profile = await this.#recorded;
    this.#session.close();
    if (profile === undefined) return;
    const seconds = (profile.endTime - profile.startTime) / 1e6;
    const body = new FormData();
    const encoded = await encodeCpu(profile, new SourceLines(), seconds);
    body.append('profile', new Blob([new Uint8Array(encoded)]), 'profile.pprof');
    const query = new URLSearchParams({
      name: service,
      from: String(Math.floor(this.#since / 1000)),
      until: String(Math.ceil(until / 1000)),
      format: 'pprof',
      spyName: 'nodespy',
    });
    const response = await fetch(`${address.replace(/\/$/, '')}/ingest?${query}`, {
      method: 'POST',
      body,
      signal: AbortSignal.timeout(pushMs),
    });
    if (!response.ok) throw new Error(`it answers with ${response.status}`);
  }
}
