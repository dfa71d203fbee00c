/** A site of one machine speaks plain HTTP, where not every browser takes Secure cookies (Safari). */
export function isSecureSite(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}

/**
 * The beginning of every cookie's name. `__Host-` makes browsers refuse one that another host of the domain, or a plain
 * page, has set (RFC 6265bis): it is Secure, has the path `/` and no domain.
 */
export function cookiePrefix(publicUrl: string): string {
  return isSecureSite(publicUrl) ? '__Host-gospelib' : 'gospelib';
}
