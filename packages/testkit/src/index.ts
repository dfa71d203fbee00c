export { compileCache } from './compile.cache.ts';
export { cpuTimeOf } from './cpu.time.ts';
export { scratchFolder } from './scratch.folder.ts';
export { buildTestBundle, type StartedBundle, type TestBundle } from './test.bundle.ts';
export { makeCertificates, type TestCertificates } from './test.certificates.ts';
export {
  startTestFalkor,
  startTestPostgres,
  startTestRedis,
  type TestStoreOptions,
} from './test.store.ts';
