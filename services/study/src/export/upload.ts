import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ProblemError } from '@gospelib/service-kit';
import { type MinimumRate, RateWatch } from './minimum.rate.ts';

export interface UploadLimits {
  /** Maximum size, bytes. */
  bytes: number;
  rate: MinimumRate;
}

/** A body that has arrived as a whole, in a file that has no name and so goes with the process. */
export class Upload {
  readonly #file: FileHandle;
  /** SHA-256 of the whole. */
  readonly fingerprint: Buffer;

  private constructor(file: FileHandle, fingerprint: Buffer) {
    this.#file = file;
    this.fingerprint = fingerprint;
  }

  /** @throws ProblemError body-too-large, request-timeout when it arrives too slowly */
  static async take(stream: Readable, limits: UploadLimits): Promise<Upload> {
    const path = join(tmpdir(), `gospelib-import-${randomUUID()}`);
    const file = await open(path, 'wx+', 0o600);
    try {
      await unlink(path);
      return new Upload(file, await receive(stream, file, limits));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Once, from the beginning. */
  chunks(): AsyncIterable<Uint8Array> {
    return this.#file.createReadStream({ start: 0, autoClose: false, highWaterMark: 64 * 1024 });
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

async function receive(
  stream: Readable,
  file: FileHandle,
  { bytes, rate }: UploadLimits,
): Promise<Buffer> {
  const hash = createHash('sha256');
  const slow = Promise.withResolvers<never>();
  slow.promise.catch(() => undefined);
  const watch = new RateWatch(rate, () =>
    slow.reject(new ProblemError('request-timeout', 'The file arrives too slowly.')),
  );
  // A refusal must not destroy the request: its sender could not read the answer.
  const chunks: AsyncIterator<Uint8Array> = stream.iterator({ destroyOnReturn: false });
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await Promise.race([chunks.next(), slow.promise]);
      if (done) return hash.digest();
      length += value.length;
      if (length > bytes) throw new ProblemError('body-too-large', `At most ${bytes} bytes.`);
      watch.count(value.length);
      hash.update(value);
      await file.writeFile(value);
    }
  } finally {
    watch.stop();
  }
}
