import { z } from 'zod';

/** RFC 9457 problem details; `type` is a relative reference that names the fault. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string().optional(),
  instance: z.string().optional(),
  requestId: z.string().optional(),
  errors: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .optional()
    .describe('The faults of the input, one each.'),
  candidates: z
    .array(z.object({ id: z.string(), reference: z.string() }))
    .optional()
    .describe(
      'What an ambiguous reference could mean, or what there is in place of one beyond the text.',
    ),
});
export type Problem = z.infer<typeof problem>;
