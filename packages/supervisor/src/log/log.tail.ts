import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const LAST_BYTES = 1024 * 1024;

/** The end of a log that grows, is cut to nothing now and then, or is not there yet. */
export class Tail {
  readonly #file: string;
  readonly #print: (line: string) => void;
  #position = 0;
  #rest = '';

  constructor(file: string, print: (line: string) => void) {
    this.#file = file;
    this.#print = print;
  }

  /** Prints the last lines, at most `count`. */
  printLast(count: number): void {
    const lines = this.#read(LAST_BYTES);
    for (const line of count === 0 ? [] : lines.slice(-count)) this.#print(line);
  }

  /** Prints what came since. */
  printNew(): void {
    for (const line of this.#read(Number.POSITIVE_INFINITY)) this.#print(line);
  }

  /** Whole lines from the present position, at most the last `limit` bytes. */
  #read(limit: number): string[] {
    let fd: number;
    try {
      fd = openSync(this.#file, 'r');
    } catch {
      return []; // not written yet
    }
    try {
      const { size } = fstatSync(fd);
      if (size < this.#position) this.#position = 0; // it was cut
      const from = Math.max(this.#position, size - limit);
      const bytes = Buffer.alloc(size - from);
      readSync(fd, bytes, 0, bytes.length, from);
      this.#position = size;
      const lines = (this.#rest + bytes.toString('utf8')).split('\n');
      this.#rest = lines.pop() ?? '';
      return lines;
    } finally {
      closeSync(fd);
    }
  }
}
