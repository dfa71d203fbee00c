const bearer = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i;

/** The token of an Authorization header (RFC 6750); undefined unless it has the three parts of a JWT. */
export function bearerToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.length > 4096) return undefined;
  return bearer.exec(authorization)?.[1];
}
