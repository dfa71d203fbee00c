import type { Readable } from 'node:stream';

export interface StoredObject {
  /** `<backup>/<file>`. */
  key: string;
  bytes: number;
  changedAt: Date;
}

/** What a backup store needs of a folder or of S3. `put` is atomic: an object is there whole or not at all. */
export interface ObjectStorage {
  /** Where it is, for messages; without secrets. */
  readonly place: string;
  /** Every object, or those of one backup. */
  list(backup?: string): Promise<StoredObject[]>;
  get(key: string): Promise<Readable>;
  put(key: string, content: Readable): Promise<void>;
  remove(key: string): Promise<void>;
  /** Removes what interrupted puts left, unless it was written to since `before`. */
  clearInterrupted(before: Date): Promise<void>;
}
