/** A test process that starts a store and is then killed: prints the store's folder and pid. For the test beside it. */
import { startTestRedis } from './test.store.ts';

const { dataDir, pid } = await startTestRedis();
console.log(JSON.stringify({ dataDir, pid }));
setInterval(() => {}, 1_000);
