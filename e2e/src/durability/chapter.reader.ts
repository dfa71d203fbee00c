import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../http.client.ts';
import type { Tally } from './patient.client.ts';

const path = '/api/v1/chapters/alma.32';

/** Somebody who reads the same chapter all the time, and knows how it reads. */
export class ChapterReader {
  readonly #origin: string;
  readonly #from: string;
  readonly #tally: Tally;
  readonly #body: Buffer;

  private constructor(origin: string, from: string, tally: Tally, body: Buffer) {
    this.#origin = origin;
    this.#from = from;
    this.#tally = tally;
    this.#body = body;
  }

  static async open(origin: string, from: string, tally: Tally): Promise<ChapterReader> {
    const { status, body } = await ask(origin + path, { from });
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    return new ChapterReader(origin, from, tally, body);
  }

  async read(wanted: () => boolean): Promise<void> {
    const tally = this.#tally;
    while (wanted()) {
      tally.requests += 1;
      try {
        const { status, body } = await ask(this.#origin + path, { from: this.#from, once: true });
        if (status === 503) tally.refused += 1;
        else if (status !== 200) tally.faults.push(`GET ${path}: ${status}`);
        else if (!body.equals(this.#body)) tally.faults.push(`GET ${path}: another text`);
      } catch {
        tally.unanswered += 1;
      }
      await sleep(10);
    }
  }
}

/** Seconds until content itself serves the chapter again. */
export async function contentIsBack(contentOrigin: string): Promise<number> {
  const start = performance.now();
  for (;;) {
    const answer = await ask(contentOrigin + path, { once: true, timeout: 2000 }).catch(
      () => undefined,
    );
    const seconds = (performance.now() - start) / 1000;
    if (answer?.status === 200) return seconds;
    if (seconds > 180) throw new Error('content did not come back within three minutes');
    await sleep(25);
  }
}
