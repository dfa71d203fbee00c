import type { z } from 'zod';
import { SourceError } from './source.error.ts';

/** Parses and checks JSON. @throws SourceError with the path of the first fault. */
export function parseJson<Schema extends z.ZodType>(
  schema: Schema,
  json: string,
  file: string,
): z.infer<Schema> {
  return check(schema, parse(json, file), file);
}

/** @throws SourceError with the path of the first fault. */
export function check<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  file: string,
): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new SourceError(
    file,
    issue?.path.join('.') || undefined,
    issue?.message ?? 'it is not valid.',
  );
}

/**
 * The object literal that a data package assigns to a variable: from `start` to the last `end`, which begins with its
 * closing brace. It is parsed as JSON: the code of a data package is never run.
 */
export function sliceObject(code: string, start: string, end: string, file: string): string {
  const from = code.indexOf(start);
  const to = code.lastIndexOf(end);
  if (from < 0 || to < from) throw new SourceError(file, undefined, 'its data is not there.');
  return code.slice(from + start.length, to + 1);
}

export function parse(json: string, file: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new SourceError(file, undefined, `it is not valid JSON (${(error as Error).message}).`);
  }
}
