import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What proves that backups are ours, and what others cannot read them without. Neither lies where the backups lie. */
export interface BackupKeys {
  /** The first signs what is written; what any of them signed is accepted. At least 32 characters each. */
  signing: readonly string[];
  /** Identities of age (`AGE-SECRET-KEY-1…`): the first encrypts what is written, any decrypts. None: nothing is encrypted. */
  identities: readonly string[];
}

const environment = z.object({
  BACKUP_SIGNING_KEYS: z.string().regex(/^[\x21-\x2b\x2d-\x7e]{32,}(,[\x21-\x2b\x2d-\x7e]{32,})*$/),
  BACKUP_AGE_IDENTITIES: z
    .string()
    .regex(/^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}(,AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58})*$/)
    .optional(),
});

/**
 * Keys from BACKUP_SIGNING_KEYS, by default what `signing` says, and BACKUP_AGE_IDENTITIES; each a list with commas, the
 * one that is written with first.
 * @throws Error naming every faulty variable, but no value
 */
export async function readBackupKeys(
  env: NodeJS.ProcessEnv,
  signing: () => Promise<string>,
): Promise<BackupKeys> {
  const read = environment.safeParse({
    BACKUP_SIGNING_KEYS: env.BACKUP_SIGNING_KEYS || (await signing()),
    BACKUP_AGE_IDENTITIES: env.BACKUP_AGE_IDENTITIES || undefined,
  });
  if (!read.success) {
    const faults = read.error.issues.map(({ path }) => `${path.join('.')} cannot be used.`);
    throw new Error(faults.join('\n'));
  }
  const { BACKUP_SIGNING_KEYS, BACKUP_AGE_IDENTITIES = '' } = read.data;
  return {
    signing: BACKUP_SIGNING_KEYS.split(','),
    identities: BACKUP_AGE_IDENTITIES.split(',').filter((one) => one !== ''),
  };
}

export const manifestSignature = z.object({
  /** Which key: eight characters that tell nothing of it. */
  key: z.string().regex(/^[0-9a-f]{8}$/),
  /** HMAC-SHA-256, hexadecimal. */
  hmac: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ManifestSignature = z.infer<typeof manifestSignature>;

/** Signs a text with the first key. */
export function sign(text: string, { signing }: BackupKeys): ManifestSignature {
  const [first] = signing;
  if (first === undefined) throw new Error('There is no key to sign a backup with.');
  const key = derive(first);
  return { key: idOf(key), hmac: createHmac('sha256', key).update(text).digest('hex') };
}

/** `unknown-key`: signed by a key that is not among ours. */
export function checkSignature(
  text: string,
  { key: id, hmac }: ManifestSignature,
  { signing }: BackupKeys,
): 'good' | 'bad' | 'unknown-key' {
  const key = signing.map(derive).find((one) => idOf(one) === id);
  if (key === undefined) return 'unknown-key';
  const expected = createHmac('sha256', key).update(text).digest();
  return timingSafeEqual(expected, Buffer.from(hmac, 'hex')) ? 'good' : 'bad';
}

function derive(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'gospelib backup manifest v1', 32));
}

function idOf(key: Buffer): string {
  return createHmac('sha256', key).update('key id').digest('hex').slice(0, 8);
}
