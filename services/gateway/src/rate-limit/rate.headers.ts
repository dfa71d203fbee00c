import type { FastifyRequest } from 'fastify';

/** https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/: names and values alternate. */
export function rateHeaders({ counted }: FastifyRequest): readonly string[] {
  if (counted === undefined) return [];
  let policies = '';
  let left = '';
  for (const { quota, policy, verdict } of counted) {
    const comma = policies === '' ? '' : ', ';
    policies += comma + policy;
    left += `${comma}"${quota}";r=${verdict.remaining};t=${verdict.resetSeconds}`;
  }
  return ['ratelimit-policy', policies, 'ratelimit', left];
}
