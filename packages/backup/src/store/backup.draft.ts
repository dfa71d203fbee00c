import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ObjectStorage } from '../storage/object.storage.ts';
import { type BackupKeys, sign } from './backup.keys.ts';
import {
  type BackupKind,
  type BackupManifest,
  backupFileName,
  backupManifest,
  MANIFEST,
  signedText,
} from './backup.manifest.ts';
import { measure } from './checked.stream.ts';
import { encrypt, recipientOf } from './encrypted.stream.ts';

/** The part of the manifest that only whoever takes the backup knows. */
export type BackupFacts = Pick<BackupManifest, 'engine' | 'content' | 'seconds'>;

/** A backup being written. It is not listed before `finish`. */
export class BackupDraft {
  readonly id: string;
  readonly #kind: BackupKind;
  readonly #createdAt: string;
  readonly #storage: ObjectStorage;
  readonly #keys: BackupKeys;
  readonly #files: BackupManifest['files'] = [];

  constructor(
    storage: ObjectStorage,
    keys: BackupKeys,
    id: string,
    kind: BackupKind,
    createdAt: Date,
  ) {
    this.id = id;
    this.#keys = keys;
    this.#kind = kind;
    this.#createdAt = createdAt.toISOString();
    this.#storage = storage;
  }

  /** Stores a file, encrypted where there is a key for it; the caller compresses it. */
  async write(name: string, content: Readable): Promise<void> {
    backupFileName.parse(name);
    if (this.#files.some((file) => file.name === name)) {
      throw new Error(`The backup ${this.id} has a file ${name} already.`);
    }
    const { stream, result } = measure();
    const recipient = await this.#recipient();
    const stored = recipient === undefined ? content : await encrypt(content, recipient);
    await pipelineInto(stored, stream, (through) =>
      this.#storage.put(`${this.id}/${name}`, through),
    );
    this.#files.push({ name, ...result() });
  }

  /** Writes the manifest, which makes it a backup. @throws ZodError when the facts make no valid manifest */
  async finish(facts: BackupFacts): Promise<BackupManifest> {
    const recipient = await this.#recipient();
    const manifest = backupManifest.parse({
      id: this.id,
      kind: this.#kind,
      createdAt: this.#createdAt,
      files: this.#files,
      ...facts,
      ...(recipient !== undefined && { encryption: { method: 'age', recipient } }),
    });
    return putManifest(this.#storage, manifest, this.#keys);
  }

  async #recipient(): Promise<string | undefined> {
    const [identity] = this.#keys.identities;
    return identity === undefined ? undefined : recipientOf(identity);
  }

  /** Removes what was written so far. */
  async discard(): Promise<void> {
    for (const { key } of await this.#storage.list(this.id)) await this.#storage.remove(key);
  }
}

/** Signs a manifest and stores it. @returns what a reader gets */
export async function putManifest(
  storage: ObjectStorage,
  manifest: BackupManifest,
  keys: BackupKeys,
): Promise<BackupManifest> {
  const signed = signManifest(manifest, keys);
  const text = `${JSON.stringify(signed, null, 2)}\n`;
  await storage.put(`${manifest.id}/${MANIFEST}`, Readable.from([Buffer.from(text)]));
  return signed;
}

/** Takes the place of the signature that it may have. */
export function signManifest(manifest: BackupManifest, keys: BackupKeys): BackupManifest {
  const plain = JSON.parse(signedText(manifest)); // as a reader will have it before it checks the signature
  return { ...plain, signature: sign(signedText(plain), keys) };
}

/** Pipes `content` through `stream` into `sink`; an error on either side ends both and is thrown. */
async function pipelineInto(
  content: Readable,
  stream: NodeJS.ReadWriteStream & Readable,
  sink: (through: Readable) => Promise<void>,
): Promise<void> {
  const fed = pipeline(content, stream);
  const stored = sink(stream).catch((error: unknown) => {
    stream.destroy(error as Error);
    throw error;
  });
  const [feed, put] = await Promise.allSettled([fed, stored]);
  if (feed.status === 'rejected') throw feed.reason;
  if (put.status === 'rejected') throw put.reason;
}
