/** The size of a batch in bytes: as much as a pipe holds. */
const batchBytes = 64 * 1024;
/** A character of a string takes at most so many bytes in UTF-8. */
const mostBytesOfOne = 3;

/**
 * Gathers lines and hands them over together. They are kept as bytes: strings that are put together of many parts keep
 * all of these in memory until they are written.
 */
export class LineBatch {
  readonly #bytes = Buffer.allocUnsafe(batchBytes);
  readonly #write: (lines: string) => void;
  #length = 0;

  /** @param write is given whole lines, in order */
  constructor(write: (lines: string) => void) {
    this.#write = write;
  }

  /** Hands over what is there when the line might find no room any more. */
  add(line: string): void {
    const most = line.length * mostBytesOfOne;
    if (this.#length + most > batchBytes) this.handOver();
    if (most > batchBytes) this.#write(line);
    else this.#length += this.#bytes.write(line, this.#length);
  }

  handOver(): void {
    if (this.#length === 0) return;
    const lines = this.#bytes.toString('utf8', 0, this.#length);
    this.#length = 0;
    this.#write(lines);
  }
}
