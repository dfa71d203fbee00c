import { z } from 'zod';

/** A TCP port, 1–65535. */
export const portField = z.coerce.number().int().min(1).max(65_535);

/** A duration in whole milliseconds, at most an hour. */
export const millisecondsField = z.coerce.number().int().min(0).max(3_600_000);

/** An absolute http(s) address. */
export const httpUrlField = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' });

/** The address of a PostgreSQL database, `postgresql://role:secret@host:port/database`. */
export const postgresUrlField = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be a postgresql:// address',
});

/** The address of a Redis-protocol store, `redis://[:secret@]host:port` or `rediss://…`. */
export const redisUrlField = z.url({ protocol: /^rediss?$/, error: 'must be a redis:// address' });

/** `true`/`false` (also 1/0, yes/no, on/off). */
export const flagField = z.stringbool();

/** A commit or tag; short enough for a label of a metric. */
export const revisionField = z
  .string()
  .regex(/^[\w.+-]{1,64}$/, 'must be a commit or a tag: letters, digits and . _ + -');

/** A comma-separated list; blanks are dropped. */
export const listField = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);
