/** A process for a test to kill: starts a store and prints the store's folder and pid. */
import { startTestRedis } from './test.store.ts';

const { dataDir, pid } = await startTestRedis();
console.log(JSON.stringify({ dataDir, pid }));
setInterval(() => {}, 1_000);
