import {
  closeSync,
  copyFileSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

const MAX_BYTES = 10 * 1024 * 1024;

/**
 * A log that a child writes itself (it inherits `fd`, opened for appending) and that stays bounded:
 * when it is large it is copied to `<file>.1` and cut to nothing.
 */
export class LogFile {
  readonly file: string;
  readonly fd: number;
  readonly #maxBytes: number;
  #start: number;

  constructor(file: string, maxBytes = MAX_BYTES) {
    mkdirSync(dirname(file), { recursive: true });
    this.file = file;
    this.fd = openSync(file, 'a+', 0o600);
    this.#maxBytes = maxBytes;
    this.#start = fstatSync(this.fd).size;
  }

  writeLine(line: string): void {
    writeSync(this.fd, `${line}\n`);
  }

  /** From here on lines belong to a new run of the child. */
  mark(): void {
    this.#start = fstatSync(this.fd).size;
  }

  /** The last lines of the present run, at most `count`. */
  tail(count: number): string[] {
    const { size } = fstatSync(this.fd);
    const from = Math.max(Math.min(this.#start, size), size - 16_384);
    const bytes = Buffer.alloc(size - from);
    readSync(this.fd, bytes, 0, bytes.length, from);
    return bytes.toString('utf8').trimEnd().split('\n').slice(-count);
  }

  rotateIfLarge(): void {
    if (fstatSync(this.fd).size <= this.#maxBytes) return;
    copyFileSync(this.file, `${this.file}.1`);
    ftruncateSync(this.fd, 0);
    this.#start = 0;
  }

  close(): void {
    closeSync(this.fd);
  }
}
