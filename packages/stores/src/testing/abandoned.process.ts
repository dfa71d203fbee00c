/**
 * A process for tests to kill: run with the name of a start function and a data folder, it starts the store, prints
 * `{ pid, url }` and waits.
 */
import * as stores from '../index.ts';

const [start, dataDir] = process.argv.slice(2);
const starters = {
  startFalkor: stores.startFalkor,
  startRedis: stores.startRedis,
  startPostgres: stores.startPostgres,
};
const starter = starters[start as keyof typeof starters];
const { pid, url } = await starter({ dataDir: dataDir ?? '' });
console.log(JSON.stringify({ pid, url }));
setInterval(() => {}, 1_000);
