import { z } from 'zod';

/** A cursor from `next`. */
export const cursorField = z
  .string()
  .min(1)
  .max(128)
  .optional()
  .describe('The `next` of the page before.');

/** The size of a page. */
export function limitField(byDefault: number, most: number) {
  return z.coerce.number().int().min(1).max(most).default(byDefault).describe('Size of a page.');
}

/** What a person typed: trimmed, neither empty nor longer than stated. */
export function typedText(most: number) {
  return z.string().trim().min(1).max(most);
}
