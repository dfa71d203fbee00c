import { z } from 'zod';

const backupKinds = ['graph', 'database'] as const;
export type BackupKind = (typeof backupKinds)[number];

/** `<kind>-<UTC time, sortable>-<random>`; also a name in a folder, so nothing else may be in it. */
export const backupId = z.string().regex(/^(?:graph|database)-\d{8}T\d{6}Z-[0-9a-f]{4}$/);

/** A file's name inside its backup: no folders, nothing hidden. */
export const backupFileName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/)
  .refine((name) => name !== MANIFEST, 'is the manifest’s own name');

export const MANIFEST = 'manifest.json';
/** Far above what counts and checksums of one store come to. */
export const MANIFEST_LIMIT_BYTES = 16 * 1024 * 1024;

/** What a backup is; written last, so that without it there is no backup. */
export const backupManifest = z.object({
  id: backupId,
  kind: z.enum(backupKinds),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  /** What the data was taken from. */
  engine: z.object({ name: z.string(), version: z.string() }),
  /** As stored: size in bytes and digest (hexadecimal) of what lies there, compressed. */
  files: z
    .array(
      z.object({
        name: backupFileName,
        bytes: z.number().int().nonnegative(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1),
  /** The kind's own: versions, counts, checksums. Its owner checks it with a schema of its own. */
  content: z.record(z.string(), z.unknown()),
  /** How long taking it took. */
  seconds: z.number().nonnegative(),
  /** There only after it was restored into a scratch instance and found whole: a backup counts only then. */
  verified: z
    .object({ at: z.iso.datetime(), seconds: z.number().nonnegative(), engine: z.string() })
    .optional(),
});
export type BackupManifest = z.infer<typeof backupManifest>;
