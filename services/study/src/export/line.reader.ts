import { createHash } from 'node:crypto';
import { TextDecoder } from 'node:util';
import { ProblemError } from '@gospelib/service-kit';

export interface LineLimits {
  /** Maximum size of the whole, bytes. */
  bytes: number;
  /** Maximum length of a line, UTF-16 units. */
  line: number;
}

/** Cuts a stream of UTF-8 into lines while holding only one, and computes its fingerprint. */
export class LineReader {
  readonly #chunks: AsyncGenerator<Uint8Array, void, void>;
  readonly #limits: LineLimits;
  readonly #hash = createHash('sha256');

  constructor(stream: AsyncIterable<Uint8Array>, limits: LineLimits) {
    this.#chunks = this.#read(stream);
    this.#limits = limits;
  }

  /** @throws ProblemError body-too-large, invalid-input */
  async *lines(): AsyncGenerator<string, void, void> {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    let rest = '';
    for await (const chunk of this.#chunks) {
      const pieces = (rest + decode(decoder, chunk)).split('\n');
      rest = pieces.pop() ?? '';
      yield* pieces;
      if (rest.length > this.#limits.line)
        throw tooLarge(`A line has more than ${this.#limits.line} characters.`);
    }
    rest += decode(decoder);
    if (rest !== '') yield rest;
  }

  /** SHA-256 of the whole stream; reads the rest of it. */
  async fingerprint(): Promise<Buffer> {
    for await (const _ of this.#chunks);
    return this.#hash.digest();
  }

  async *#read(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    let bytes = 0;
    for await (const chunk of stream) {
      bytes += chunk.length;
      if (bytes > this.#limits.bytes) throw tooLarge(`At most ${this.#limits.bytes} bytes.`);
      this.#hash.update(chunk);
      yield chunk;
    }
  }
}

function decode(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (cause) {
    throw new ProblemError('invalid-input', 'The file is not UTF-8.', { cause });
  }
}

function tooLarge(detail: string): ProblemError {
  return new ProblemError('body-too-large', detail);
}
