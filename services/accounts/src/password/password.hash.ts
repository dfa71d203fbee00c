import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { verifyPassword as verifyScrypt } from 'better-auth/crypto';

/** RFC 9106 and OWASP: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const prefix = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$`;

const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2);

function keyOf(password: string, salt: Buffer): Promise<Buffer> {
  return derive('argon2id', { ...cost, message: password.normalize('NFKC'), nonce: salt });
}

/** @returns `$argon2id$v=19$m=…,t=…,p=…$<salt>$<key>` (the PHC string format, base64 without padding) */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await keyOf(password, salt);
  return `${prefix}${unpadded(salt)}$${unpadded(key)}`;
}

/** Whether a hash was made as they are made now; all others are scrypt's, `<salt>:<key>` in hex. */
export function isPresent(hash: string): boolean {
  return hash.startsWith(prefix);
}

export async function verifyPassword(hash: string, password: string): Promise<boolean> {
  if (!isPresent(hash)) return verifyScrypt({ hash, password });
  const [salt = '', key = ''] = hash.slice(prefix.length).split('$');
  const stored = Buffer.from(key, 'base64');
  const given = await keyOf(password, Buffer.from(salt, 'base64'));
  return stored.length === given.length && timingSafeEqual(stored, given);
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
