import type { FastifyRequest } from 'fastify';

/** What a request counts for in every limit: 1 for a chapter, more where answering takes more. */
export type Cost = number | ((request: FastifyRequest) => number);

export function costOf(cost: Cost, request: FastifyRequest): number {
  return typeof cost === 'number' ? cost : cost(request);
}

/** A map grows with each step from its root; content answers a depth that is no number with a problem. */
export function mapCost({ query }: Pick<FastifyRequest, 'query'>): number {
  const { depth } = query as { depth?: unknown };
  if (depth === '2') return 3;
  return depth === undefined || depth === '1' ? 1 : 10;
}
