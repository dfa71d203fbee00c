import { randomBytes } from 'node:crypto';
import type { Auth } from '../auth/auth.ts';

const lifetime = 24 * 60 * 60_000;

/** What the link of the mail refers to: the store keeps a hash of it. */
const identifierOf = (token: string): string => `confirm-address:${token}`;

/** @returns the token of a link that lets its reader confirm the address of an account */
export async function createConfirmLink(auth: Auth, userId: string): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  const { internalAdapter } = await auth.$context;
  await internalAdapter.createVerificationValue({
    identifier: identifierOf(token),
    value: userId,
    expiresAt: new Date(Date.now() + lifetime),
  });
  return token;
}

/** The account that a link confirms; undefined for a link that is too old, used or made up. */
export async function accountOfLink(
  auth: Auth,
  token: string,
): Promise<{ id: string; email: string } | undefined> {
  const { internalAdapter } = await auth.$context;
  const link = await internalAdapter.findVerificationValue(identifierOf(token));
  if (!link || link.expiresAt < new Date()) return undefined;
  return (await internalAdapter.findUserById(link.value)) ?? undefined;
}
