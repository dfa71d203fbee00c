import type { PropertyType, PropertyValue } from '../schema/graph.schema.ts';

/*
 * The binary format of GRAPH.BULK, as falkordb-bulk-loader writes it (little-endian): a token is `label\0`, uint32
 * number of properties, `name\0` each, then entities one after another; an edge begins with the uint64 ids of its two
 * nodes; a property is one byte of type and its value.
 */
const NULL = 0;
const BOOLEAN = 1;
const DOUBLE = 2;
const STRING = 3;
const INTEGER = 4;

/** Writes the entities of one label or edge type into one growing buffer. */
export class BulkToken {
  readonly #columns: readonly (readonly [name: string, type: PropertyType])[];
  readonly #headerLength: number;
  #buffer = Buffer.allocUnsafe(1 << 20);
  #length = 0;
  #entities = 0;

  constructor(name: string, properties: Readonly<Record<string, PropertyType>>) {
    this.#columns = Object.entries(properties);
    this.#cstring(name);
    this.#reserve(4);
    this.#length = this.#buffer.writeUInt32LE(this.#columns.length, this.#length);
    for (const [column] of this.#columns) this.#cstring(column);
    this.#headerLength = this.#length;
  }

  /** Entities since the last `take`. */
  get entities(): number {
    return this.#entities;
  }

  /** Bytes since the last `take`. */
  get bytes(): number {
    return this.#length - this.#headerLength;
  }

  addNode(values: readonly (PropertyValue | undefined)[]): void {
    this.#properties(values);
  }

  addEdge(from: number, to: number, values: readonly (PropertyValue | undefined)[]): void {
    this.#reserve(16);
    this.#int64(from);
    this.#int64(to);
    this.#properties(values);
  }

  /** The token so far, valid until the next entity is added. */
  take(): Buffer {
    const token = this.#buffer.subarray(0, this.#length);
    this.#length = this.#headerLength;
    this.#entities = 0;
    return token;
  }

  #properties(values: readonly (PropertyValue | undefined)[]): void {
    this.#entities++;
    for (let index = 0; index < this.#columns.length; index++) {
      const value = values[index];
      if (value === undefined) {
        this.#tag(NULL);
      } else if (typeof value === 'string') {
        this.#tag(STRING);
        this.#cstring(value);
      } else if (typeof value === 'boolean') {
        this.#tag(BOOLEAN);
        this.#tag(value ? 1 : 0);
      } else if (this.#columns[index]?.[1]?.startsWith('double')) {
        this.#tag(DOUBLE);
        this.#reserve(8);
        this.#length = this.#buffer.writeDoubleLE(value, this.#length);
      } else {
        this.#tag(INTEGER);
        this.#reserve(8);
        this.#int64(value);
      }
    }
  }

  #tag(byte: number): void {
    this.#reserve(1);
    this.#buffer[this.#length++] = byte;
  }

  #int64(value: number): void {
    this.#length = this.#buffer.writeUInt32LE(value >>> 0, this.#length);
    this.#length = this.#buffer.writeInt32LE(Math.floor(value / 0x1_0000_0000), this.#length);
  }

  #cstring(text: string): void {
    if (text.includes('\0')) throw new RangeError('A string with a NUL cannot be stored.');
    this.#reserve(text.length * 3 + 1);
    this.#length += this.#buffer.write(text, this.#length);
    this.#buffer[this.#length++] = 0;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + bytes));
    this.#buffer.copy(grown, 0, 0, this.#length);
    this.#buffer = grown;
  }
}
