import { problem } from '@gospelib/contracts';
import type { z } from 'zod';

/** The replies of a route, for the OpenAPI description: its contract, or a problem. */
export function replies<S extends z.ZodType>(contract: S) {
  return { 200: contract, '4xx': problem, '5xx': problem } as const;
}
