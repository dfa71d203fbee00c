import { problem } from '@gospelib/contracts';
import type { z } from 'zod';

/** What a route may answer, for its description: what its contract says, or a problem. */
export function replies<S extends z.ZodType>(contract: S) {
  return { 200: contract, '4xx': problem, '5xx': problem } as const;
}
