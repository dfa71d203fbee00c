export { compileCache } from './compile.cache.ts';
export { cpuTimeOf } from './cpu.time.ts';
export { type ManagedStore, managedStores, type StorePasswords } from './managed.stores.ts';
export { type Figure, recordFigure, writeFigures } from './measured.figures.ts';
export { type Images, missingCluster, pushedImages, pushedReferences } from './pushed.images.ts';
export { scratchFolder } from './scratch.folder.ts';
export {
  type ImageSettings,
  type LayerContent,
  packLayer,
  pushImage,
  pushNodeImage,
} from './stand-in.image.ts';
export { buildTestBundle, type StartedBundle, type TestBundle } from './test.bundle.ts';
export { makeCertificates, makeTlsSecret, type TestCertificates } from './test.certificates.ts';
export {
  startTestFalkor,
  startTestPostgres,
  startTestRedis,
  type TestStoreOptions,
} from './test.store.ts';
