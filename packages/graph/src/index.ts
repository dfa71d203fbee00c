export { type LoadResult, loadGraph } from './bulk.load.ts';
export type { Parameter, Parameters } from './cypher.parameters.ts';
export {
  digestContent,
  type EdgeTable,
  type GraphContent,
  type NodeTable,
} from './graph.content.ts';
export type { GraphChecksums } from './graph.digest.ts';
export { GraphQueryError, StoreUnavailableError } from './graph.error.ts';
export { createIndexes } from './graph.indexes.ts';
export { type Manifest, readManifest, writeManifest } from './graph.manifest.ts';
export {
  connectGraph,
  type GraphReader,
  type GraphStore,
  type GraphStoreOptions,
} from './graph.store.ts';
export { type Difference, type Verification, verifyAgainst, verifyGraph } from './graph.verify.ts';
export { type IngestLock, IngestLockedError, lockIngest } from './ingest.lock.ts';
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
} from './schema.ts';
export {
  activate,
  activateBuilt,
  activeVersion,
  dropLeftovers,
  dropVersion,
  listVersions,
  previousVersion,
  pruneVersions,
} from './version.store.ts';
export { lemmaKey, transliterationKey } from './word.key.ts';
