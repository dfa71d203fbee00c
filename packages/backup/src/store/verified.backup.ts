import type { BackupKind, BackupManifest } from './backup.manifest.ts';

/** The newest backup of a kind that counts: one that was restored and verified. */
export function lastVerified(
  newestFirst: readonly BackupManifest[],
  kind: BackupKind,
): BackupManifest | undefined {
  return newestFirst.find((backup) => backup.kind === kind && backup.verified !== undefined);
}
