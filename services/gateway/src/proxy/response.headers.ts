import type { IncomingHttpHeaders } from 'node:http';
import { workHeader } from '@gospelib/service-kit';
import { securityNames } from '../security/security.headers.ts';
import type { ServiceRules } from './service.rules.ts';

/** Headers that belong to one connection (RFC 9110 §7.6.1), reveal the software behind, or are set by the gateway. */
const dropped: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'server',
  'x-powered-by',
  'x-request-id',
  workHeader,
  ...securityNames,
]);

/**
 * Appends the headers of an upstream that are passed on: names and values alternate, repeated headers stay repeated.
 */
export function appendResponseHeaders(
  out: string[],
  headers: Readonly<IncomingHttpHeaders>,
  rules: ServiceRules,
  except: ReadonlySet<string> | undefined,
): void {
  const listed = connectionOptions(headers.connection);
  for (const name in headers) {
    if (dropped.has(name) || except?.has(name) || listed?.includes(name)) continue;
    if (name === 'set-cookie' && !rules.setsCookies) continue;
    const value = headers[name];
    if (typeof value === 'string') out.push(name, value);
    else for (const one of value ?? []) out.push(name, one);
  }
}

/** Further headers that an upstream declares to belong to the connection. */
function connectionOptions(connection: string | undefined): string[] | undefined {
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') {
    return undefined;
  }
  return connection.split(',').map((name) => name.trim().toLowerCase());
}
