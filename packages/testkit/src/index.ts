export { cpuTimeOf } from './cpu.time.ts';
export { buildTestBundle, type StartedBundle, type TestBundle } from './test.bundle.ts';
export { scratchFolder } from './scratch.folder.ts';
export {
  startTestFalkor,
  startTestPostgres,
  startTestRedis,
  type TestStoreOptions,
} from './test.store.ts';
