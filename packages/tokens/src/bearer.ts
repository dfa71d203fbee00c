const bearer = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i;

/** The token of an Authorization header (RFC 6750); undefined when it carries none. Anything but a JWT's three parts is none. */
export function bearerToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.length > 4096) return undefined;
  return bearer.exec(authorization)?.[1];
}
