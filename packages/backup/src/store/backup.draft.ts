import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ObjectStorage } from '../storage/object.storage.ts';
import {
  type BackupKind,
  type BackupManifest,
  backupFileName,
  backupManifest,
  MANIFEST,
} from './backup.manifest.ts';
import { measure } from './checked.stream.ts';

/** The part of the manifest that only whoever takes the backup knows. */
export type BackupFacts = Pick<BackupManifest, 'engine' | 'content' | 'seconds'>;

/** A backup being written. It is not listed before `finish`. */
export class BackupDraft {
  readonly id: string;
  readonly #kind: BackupKind;
  readonly #createdAt: string;
  readonly #storage: ObjectStorage;
  readonly #files: BackupManifest['files'] = [];

  constructor(storage: ObjectStorage, id: string, kind: BackupKind, createdAt: Date) {
    this.id = id;
    this.#kind = kind;
    this.#createdAt = createdAt.toISOString();
    this.#storage = storage;
  }

  /** Stores a file as it is; the caller compresses it. */
  async write(name: string, content: Readable): Promise<void> {
    backupFileName.parse(name);
    if (this.#files.some((file) => file.name === name)) {
      throw new Error(`The backup ${this.id} has a file ${name} already.`);
    }
    const { stream, result } = measure();
    await pipelineInto(content, stream, (through) =>
      this.#storage.put(`${this.id}/${name}`, through),
    );
    this.#files.push({ name, ...result() });
  }

  /** Writes the manifest, which makes it a backup. @throws ZodError when the facts make no valid manifest */
  async finish(facts: BackupFacts): Promise<BackupManifest> {
    const manifest = backupManifest.parse({
      id: this.id,
      kind: this.#kind,
      createdAt: this.#createdAt,
      files: this.#files,
      ...facts,
    });
    await putManifest(this.#storage, manifest);
    return manifest;
  }

  /** Removes what was written so far. */
  async discard(): Promise<void> {
    for (const { key } of await this.#storage.list(this.id)) await this.#storage.remove(key);
  }
}

export async function putManifest(storage: ObjectStorage, manifest: BackupManifest): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await storage.put(`${manifest.id}/${MANIFEST}`, Readable.from([Buffer.from(text)]));
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
