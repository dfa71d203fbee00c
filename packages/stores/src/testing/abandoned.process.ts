/**
 * A process that starts stores and is then killed: run with the name of the start function and a
 * data folder, it prints `{ pid, url }` and waits. For tests.
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
