export { cpuTimeOf } from './cpu.time.ts';
export {
  startTestFalkor,
  startTestPostgres,
  startTestRedis,
  type TestStoreOptions,
} from './test.store.ts';
