import { z } from 'zod';
import { checksumsSchema } from '../content/graph.manifest.ts';

/** The graph's part in the manifest of a backup. */
export const graphBackupContent = z.object({
  /** Of the corpus. */
  version: z.string(),
  edition: z.enum(['default', 'full']),
  counts: z.object({ nodes: z.number().int(), edges: z.number().int() }),
  checksums: checksumsSchema,
  /** Of the graph's own manifest. */
  digest: z.string(),
});
export type GraphBackupContent = z.output<typeof graphBackupContent>;

/** Names of the files of a backup, all of them compressed with zstd. */
export const backupFiles = {
  /** The graph's own manifest, as JSON. */
  manifest: 'graph-manifest.json.zst',
  /** For the engine version that it was taken from. */
  fast: 'graph-bulk.zst',
  /** For any engine. */
  neutral: 'graph-rows.jsonl.zst',
} as const;

export type BackupForm = 'fast' | 'neutral';

export interface ScratchStore {
  url: string;
  stop(): Promise<void>;
}

/** Starts an empty store of this engine; stopping it deletes its data. */
export type Scratch = () => Promise<ScratchStore>;
