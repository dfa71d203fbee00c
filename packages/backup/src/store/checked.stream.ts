import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { BackupDamagedError } from './backup.error.ts';

export interface Measured {
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
}

/** Passes everything on; `result()` then tells its size and digest. */
export function measure(): { stream: Transform; result(): Measured } {
  const hash = createHash('sha256');
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ bytes, sha256: hash.digest('hex') }) };
}

/** Passes everything on, and fails at the end with BackupDamagedError unless size and digest are as expected. */
export function check(what: string, expected: Measured): Transform {
  const hash = createHash('sha256');
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      if (bytes !== expected.bytes) {
        done(new BackupDamagedError(`${what} has ${bytes} bytes instead of ${expected.bytes}.`));
      } else if (hash.digest('hex') !== expected.sha256) {
        done(new BackupDamagedError(`${what} was altered: its SHA-256 is not the one written.`));
      } else done();
    },
  });
}
