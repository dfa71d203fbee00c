import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccountsConfig } from '../config.ts';
import { cookiePrefix, isSecureSite } from '../http/cookie.names.ts';

const lifetime = 180 * 24 * 60 * 60;

/** Which device has signed in to an account before, as its cookie proves. It signs nobody in. */
export interface KnownDevices {
  /** Marks the device of a reader who has just signed in and wants to be remembered. */
  remember(reply: FastifyReply, email: string): void;
  /** Removes the mark, with the account. */
  forget(reply: FastifyReply): void;
  /** The random name of a device that has signed in to the account of this address; undefined for any other. */
  nameOf(request: FastifyRequest, email: string): string | undefined;
}

/** A cookie `<name>.<expiry>.<mac>`: stateless, bound to one address, which it does not show. */
export function knownDevices({
  authSecrets,
  PUBLIC_URL,
}: Pick<AccountsConfig, 'authSecrets' | 'PUBLIC_URL'>): KnownDevices {
  const cookie = `${cookiePrefix(PUBLIC_URL)}.device`;
  const attributes = `Path=/; HttpOnly; SameSite=Strict${isSecureSite(PUBLIC_URL) ? '; Secure' : ''}`;
  const macs = (name: string, expiry: string, email: string): Buffer[] =>
    authSecrets().map(({ value }) =>
      createHmac('sha256', value)
        .update(`known-device\n${name}\n${expiry}\n${email.toLowerCase()}`)
        .digest(),
    );
  return {
    remember(reply, email) {
      const name = randomBytes(12).toString('base64url');
      const expiry = String(Math.floor(Date.now() / 1000) + lifetime);
      const mac = macs(name, expiry, email)[0]?.toString('base64url');
      reply.header(
        'set-cookie',
        `${cookie}=${name}.${expiry}.${mac}; Max-Age=${lifetime}; ${attributes}`,
      );
    },
    forget(reply) {
      reply.header('set-cookie', `${cookie}=; Max-Age=0; ${attributes}`);
    },
    nameOf(request, email) {
      const value = cookieOf(request, cookie);
      const [name = '', expiry = '', mac = ''] = value?.split('.') ?? [];
      const given = Buffer.from(mac, 'base64url');
      const signed = macs(name, expiry, email).some(
        (own) => own.length === given.length && timingSafeEqual(own, given),
      );
      return signed && Number(expiry) * 1000 > Date.now() ? name : undefined;
    },
  };
}

function cookieOf(request: FastifyRequest, name: string): string | undefined {
  const pairs = request.headers.cookie?.split('; ') ?? [];
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
