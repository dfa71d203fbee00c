import { createHash } from 'node:crypto';
import type { PropertyValue } from '../schema/graph.schema.ts';

/** The two 32-bit halves of a row's hash. The object is reused: its content is valid until the next row is hashed. */
export interface RowHash {
  high: number;
  low: number;
}

const bits = new DataView(new ArrayBuffer(8));

/**
 * Hashes rows one at a time and sums the hashes, so that the order in which a store returns them does not matter. It
 * finds accidents (a lost, doubled or altered row); it is no protection against an attacker.
 */
export class RowDigest {
  #rows = 0;
  readonly #sums = new Uint32Array(4);

  add(hash: Readonly<RowHash>): void {
    const { high, low } = hash;
    const sums = this.#sums;
    this.#rows++;
    sums[0] = (sums[0] as number) + high;
    sums[1] = (sums[1] as number) + low;
    // A second, non-linear sum: changes that cancel out in the first do not cancel out here.
    sums[2] = (sums[2] as number) + Math.imul(high ^ (low >>> 15), low | 1);
    sums[3] = (sums[3] as number) ^ Math.imul(low ^ (high >>> 13), high | 1);
  }

  get rows(): number {
    return this.#rows;
  }

  /** 16 hex digits. */
  toString(): string {
    const text = `${this.#rows} ${this.#sums.join(' ')}`;
    return createHash('sha256').update(text).digest('hex').slice(0, 16);
  }
}

/** Starts a row's hash. */
export function startHash(hash: RowHash, seed: number): void {
  hash.high = 0xdeadbeef ^ seed;
  hash.low = 0x41c6ce57 ^ seed;
}

/** Adds 32 bits to a row's hash. */
export function mixInteger(hash: RowHash, value: number): void {
  hash.high = Math.imul(hash.high ^ value, 0x9e3779b1);
  hash.high = Math.imul(hash.high ^ (hash.high >>> 15), 0x85ebca77);
  hash.low = Math.imul(hash.low ^ value, 0x5f356495);
  hash.low = Math.imul(hash.low ^ (hash.low >>> 13), 0xc2b2ae3d);
}

/**
 * Adds a property, with its type and, for text, its length, so that characters cannot move between neighbouring
 * properties unnoticed.
 */
export function mixValue(hash: RowHash, value: PropertyValue | null | undefined): void {
  if (typeof value === 'string') {
    mixInteger(hash, value.length);
    let { high, low } = hash;
    for (let index = 0; index < value.length; index++) {
      const unit = value.charCodeAt(index);
      high = Math.imul(high ^ unit, 0x9e3779b1);
      low = Math.imul(low ^ unit, 0x5f356495) ^ (low >>> 16);
    }
    hash.high = high;
    hash.low = low;
  } else if (typeof value === 'number') {
    bits.setFloat64(0, value);
    mixInteger(hash, bits.getUint32(0));
    mixInteger(hash, bits.getUint32(4));
  } else {
    mixInteger(hash, value === true ? 1 : value === false ? 2 : 3);
  }
}
