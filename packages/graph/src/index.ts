export {
  type BackupForm,
  type GraphBackupContent,
  graphBackupContent,
  type Scratch,
  type ScratchStore,
} from './backup/backup.content.ts';
export { type BackupGraphOptions, backupGraph, verifyGraphBackup } from './backup/graph.backup.ts';
export { type GraphRestore, type RestoreOptions, restoreGraph } from './backup/graph.restore.ts';
export {
  digestContent,
  type EdgeTable,
  type GraphContent,
  type NodeTable,
} from './content/graph.content.ts';
export type { GraphChecksums } from './content/graph.digest.ts';
export {
  type Manifest,
  type ManifestTexts,
  manifestTexts,
  readManifest,
  writeManifest,
} from './content/graph.manifest.ts';
export type { ScanOptions } from './content/graph.scan.ts';
export type { Parameter, Parameters } from './cypher/cypher.parameters.ts';
export type { GraphValue, Row } from './cypher/reply.decode.ts';
export {
  GraphDamagedError,
  GraphMissingError,
  GraphQueryError,
  StoreUnavailableError,
} from './graph.error.ts';
export { type Difference, isHarmful } from './integrity/graph.difference.ts';
export {
  type Verification,
  type VerifyOptions,
  verifyAgainst,
  verifyGraph,
} from './integrity/graph.verify.ts';
export { quickCheck } from './integrity/quick.check.ts';
export { type Attestation, attestRecord, readAttestation } from './integrity/record.attest.ts';
export { type LoadOptions, type LoadResult, loadGraph } from './load/bulk.load.ts';
export { createIndexes } from './load/graph.indexes.ts';
export type {
  EdgeRow,
  EdgeType,
  NodeLabel,
  NodeRow,
} from './schema/graph.schema.ts';
export { lemmaKey, transliterationKey } from './schema/word.key.ts';
export {
  connectGraph,
  type GraphReader,
  type GraphStore,
  type GraphStoreOptions,
} from './store/graph.store.ts';
export type { StoreEngine } from './store/store.engine.ts';
export { editionOf, keys, versionPattern } from './store/store.keys.ts';
export { startTimeout } from './store/store.timeout.ts';
export { isAttested, readVerdict, type Verdict, writeVerdict } from './version/fallback.verdict.ts';
export {
  type IngestLock,
  IngestLockedError,
  IngestLockLostError,
  isIngestAtWork,
  lockIngest,
  withIngestLock,
} from './version/ingest.lock.ts';
export { type Fallback, listFallbacks } from './version/version.fallbacks.ts';
export { type GraphEntry, listGraphs } from './version/version.list.ts';
export { noteBacked, noteVerified, type VersionRecord } from './version/version.record.ts';
export { ensureReplica } from './version/version.replica.ts';
export {
  activate,
  activateBuilt,
  activeVersion,
  dropLeftovers,
  dropVersion,
  listVersions,
  type Pointer,
  previousVersion,
  pruneVersions,
  quarantine,
  readPointer,
} from './version/version.store.ts';
export {
  activateVersion,
  prune,
  repairFromReplica,
  repairIndexes,
  rollback,
  type Switch,
} from './version/version.switch.ts';
