import type { Upstreams } from '../proxy/upstreams.ts';
import { isApi } from '../security/security.headers.ts';
import type { RouteRule } from './route.table.ts';

/**
 * The methods of an address, for the answer to a wrong one. A line of the table that ends in `*` stands for many
 * addresses, and only their service knows the methods of each: it is asked, and what the table does not let through is
 * left out. While the service is away, the answer is what the table lets through.
 * @param url with its path normalised
 * @param known the methods that the table lets through
 */
export async function methodsBehind(
  upstreams: Upstreams,
  table: readonly RouteRule[],
  url: string,
  known: readonly string[],
): Promise<readonly string[]> {
  const path = url.replace(/\?.*$/, '');
  const rule = ruleOf(table, path);
  if (rule === undefined || (isApi(path) && rule.service === 'reader')) return [];
  const behind = await upstreams[rule.service]?.methods(path);
  // Preflights are answered here.
  return behind ? known.filter((one) => one === 'OPTIONS' || behind.includes(one)) : known;
}

/** The most specific line for a path. */
function ruleOf(table: readonly RouteRule[], path: string): RouteRule | undefined {
  const fixed = (rule: RouteRule): string => rule.path.replace(/[:*].*$/, '');
  return table
    .filter(
      (rule) => rule.path === path || (fixed(rule) !== rule.path && path.startsWith(fixed(rule))),
    )
    .sort((a, b) => fixed(b).length - fixed(a).length)[0];
}
