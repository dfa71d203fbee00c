import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { BackupDamagedError } from './backup.error.ts';

// Loaded when something is encrypted: most commands do not.
const loadAge = () => import('age-encryption');

/** Whom a file is encrypted for: the public half of an identity. */
export async function recipientOf(identity: string): Promise<string> {
  return (await loadAge()).identityToRecipient(identity);
}

/** In the format of age (age-encryption.org/v1), so that its own tool decrypts it, too. */
export async function encrypt(content: Readable, recipient: string): Promise<Readable> {
  const { Encrypter } = await loadAge();
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return fromWeb(await encrypter.encrypt(toWeb(content)));
}

/** The stream fails with BackupDamagedError where something was altered or cut off. */
export async function decrypt(content: Readable, identity: string): Promise<Readable> {
  const { Decrypter } = await loadAge();
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return fromWeb(await decrypter.decrypt(toWeb(content)), asDamage);
  } catch (error) {
    throw asDamage(error);
  }
}

function asDamage(error: unknown): Error {
  if (error instanceof BackupDamagedError) return error;
  return new BackupDamagedError(`It cannot be decrypted: ${(error as Error).message}.`, {
    cause: error,
  });
}

function toWeb(content: Readable): globalThis.ReadableStream<Uint8Array> {
  return Readable.toWeb(content) as unknown as globalThis.ReadableStream<Uint8Array>;
}

function fromWeb(
  content: globalThis.ReadableStream<Uint8Array>,
  told: (error: unknown) => Error = (error) => error as Error,
): Readable {
  const pieces = content as unknown as ReadableStream<Uint8Array>;
  return Readable.from(
    (async function* () {
      try {
        yield* pieces;
      } catch (error) {
        throw told(error);
      }
    })(),
    { objectMode: false },
  );
}
