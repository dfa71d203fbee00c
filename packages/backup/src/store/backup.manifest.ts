import { z } from 'zod';
import { manifestSignature } from './backup.keys.ts';

const backupKinds = ['graph', 'database'] as const;
export type BackupKind = (typeof backupKinds)[number];

/** `<kind>-<UTC time, sortable>-<random>`. Strict, because it is also the name of a folder. */
export const backupId = z.string().regex(/^(?:graph|database)-\d{8}T\d{6}Z-[0-9a-f]{4}$/);

/** The name of a file in its backup: no path, no hidden file. */
export const backupFileName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/)
  .refine((name) => name !== MANIFEST, 'is the manifest’s own name');

/** What is signed: everything but the signature, as it is written. */
export function signedText(manifest: Readonly<Record<string, unknown>>): string {
  const { signature: _, ...rest } = manifest;
  return JSON.stringify(rest);
}

export const MANIFEST = 'manifest.json';
/** Far above the size of one store's counts and checksums. */
export const MANIFEST_LIMIT_BYTES = 16 * 1024 * 1024;

/** Describes a backup. It is written last: files without a manifest are no backup. */
export const backupManifest = z.object({
  id: backupId,
  kind: z.enum(backupKinds),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  /** The store that the data was taken from. */
  engine: z.object({ name: z.string(), version: z.string() }),
  /** Size in bytes and digest (hexadecimal) of each file as stored, that is compressed. */
  files: z
    .array(
      z.object({
        name: backupFileName,
        bytes: z.number().int().nonnegative(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1),
  /** Specific to the kind: versions, counts, checksums. Readers validate it with the kind's own schema. */
  content: z.record(z.string(), z.unknown()),
  /** How long it took to take the backup. */
  seconds: z.number().nonnegative(),
  /** Set once the backup was restored into a scratch instance and compared: only then it counts. */
  verified: z
    .object({ at: z.iso.datetime(), seconds: z.number().nonnegative(), engine: z.string() })
    .optional(),
  /** Found by a later check: the backup cannot be restored. It stays listed as damaged, since it may be needed to find out why. */
  damaged: z.object({ at: z.iso.datetime(), reason: z.string() }).optional(),
  /** Whom the files are encrypted for. */
  encryption: z.object({ method: z.literal('age'), recipient: z.string() }).optional(),
  /** Over everything else as JSON. Without one, nothing proves whose the backup is. */
  signature: manifestSignature.optional(),
});
export type BackupManifest = z.infer<typeof backupManifest>;
