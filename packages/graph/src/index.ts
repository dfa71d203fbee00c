export {
  type BackupForm,
  type GraphBackupContent,
  graphBackupContent,
  type Scratch,
  type ScratchStore,
} from './backup/backup.content.ts';
export { type BackupGraphOptions, backupGraph } from './backup/graph.backup.ts';
export { type GraphRestore, type RestoreOptions, restoreGraph } from './backup/graph.restore.ts';
export { type LoadOptions, type LoadResult, loadGraph } from './bulk.load.ts';
export type { Parameter, Parameters } from './cypher.parameters.ts';
export { quickCheck } from './graph.check.ts';
export {
  digestContent,
  type EdgeTable,
  type GraphContent,
  type NodeTable,
} from './graph.content.ts';
export { type Difference, isHarmful } from './graph.difference.ts';
export type { GraphChecksums } from './graph.digest.ts';
export {
  GraphDamagedError,
  GraphMissingError,
  GraphQueryError,
  StoreUnavailableError,
} from './graph.error.ts';
export { createIndexes } from './graph.indexes.ts';
export { type GraphEntry, listGraphs } from './graph.list.ts';
export {
  type Manifest,
  type ManifestTexts,
  manifestTexts,
  readManifest,
  writeManifest,
} from './graph.manifest.ts';
export type { ScanOptions } from './graph.scan.ts';
export {
  connectGraph,
  type GraphReader,
  type GraphStore,
  type GraphStoreOptions,
} from './graph.store.ts';
export {
  type Verification,
  type VerifyOptions,
  verifyAgainst,
  verifyGraph,
} from './graph.verify.ts';
export {
  type IngestLock,
  IngestLockedError,
  isIngestAtWork,
  lockIngest,
} from './ingest.lock.ts';
export type { GraphValue, Row } from './reply.decode.ts';
export {
  type EdgeRow,
  type EdgeType,
  edgeSchema,
  edgeTypes,
  keys,
  type NodeLabel,
  type NodeRow,
  nodeLabels,
  nodeSchema,
  versionPattern,
} from './schema.ts';
export { engineOf, type StoreEngine } from './store.engine.ts';
export { startPatience } from './store.patience.ts';
export { noteVerified, readRecord, type VersionRecord } from './version.record.ts';
export { ensureSpare } from './version.spare.ts';
export {
  activate,
  activateBuilt,
  activeVersion,
  condemn,
  dropLeftovers,
  dropVersion,
  listGraphKeys,
  listVersions,
  type Pointer,
  previousVersion,
  pruneVersions,
  readPointer,
} from './version.store.ts';
export {
  activateVersion,
  mendFromSpare,
  mendIndexes,
  prune,
  rollback,
  type Switch,
} from './version.switch.ts';
export { lemmaKey, transliterationKey } from './word.key.ts';
