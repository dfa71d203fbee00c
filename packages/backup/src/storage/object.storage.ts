import type { Readable } from 'node:stream';

export interface StoredObject {
  /** `<backup>/<file>`. */
  key: string;
  bytes: number;
  changedAt: Date;
}

/** The little that a backup store needs of a folder or of S3. What is put is there whole or not at all. */
export interface ObjectStorage {
  /** Where, for people; no secrets. */
  readonly place: string;
  /** Every object; none when nothing was ever put. */
  list(): Promise<StoredObject[]>;
  get(key: string): Promise<Readable>;
  put(key: string, content: Readable): Promise<void>;
  remove(key: string): Promise<void>;
  /** Clears what interrupted puts left behind that nobody has written to since `before`. */
  sweep(before: Date): Promise<void>;
}
