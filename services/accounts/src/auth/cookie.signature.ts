import { createHmac, timingSafeEqual } from 'node:crypto';
import type { VersionedSecret } from '../config.ts';

/**
 * The cookies of a request, with those signed anew that a secret of before signed: better-auth signs and verifies cookies
 * with the present secret alone. A value is `<text>.<HMAC-SHA-256 in base64>`, encoded for a cookie.
 */
export function signAnew(cookies: string, secrets: readonly VersionedSecret[]): string {
  const [present, ...before] = secrets;
  if (present === undefined || before.length === 0) return cookies;
  return cookies
    .split('; ')
    .map((pair) => {
      const at = pair.indexOf('=') + 1;
      const value = decode(pair.slice(at));
      const dot = value.lastIndexOf('.');
      const [text, signature] = [value.slice(0, dot), Buffer.from(value.slice(dot + 1), 'base64')];
      const isOld = before.some((secret) => {
        const own = sign(text, secret);
        return own.length === signature.length && timingSafeEqual(own, signature);
      });
      if (!isOld) return pair;
      const anew = `${text}.${sign(text, present).toString('base64')}`;
      return `${pair.slice(0, at)}${encodeURIComponent(anew)}`;
    })
    .join('; ');
}

function sign(text: string, { value }: VersionedSecret): Buffer {
  return createHmac('sha256', value).update(text).digest();
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
