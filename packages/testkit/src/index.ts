export {
  startTestFalkor,
  startTestPostgres,
  startTestRedis,
  type TestStoreOptions,
} from './test.store.ts';
