import { parentPort, workerData } from 'node:worker_threads';
import { StoreConnection } from '../store/store.connection.ts';
import { keys } from '../store/store.keys.ts';
import type { HeartbeatData } from './lock.heartbeat.ts';
import { EXPIRY_MS, OWNS } from './lock.scripts.ts';

const BEAT_MS = 3_000;
/** Not prolonged any more so long after the last sign of life of the main thread: a process that hangs loses the lock. */
const SILENCE_MS = 120_000;
const TIMEOUT_MS = 5_000;

const { url, token } = workerData as HeartbeatData;
const connection: StoreConnection = new StoreConnection(() => url, {
  timeout: TIMEOUT_MS,
  // Beats at once when it is connected, and after the store was away.
  onChange: (ready) => void (ready && beat()),
});
let heardAt = performance.now();
parentPort?.on('message', () => {
  heardAt = performance.now();
});
parentPort?.unref();

async function beat(): Promise<void> {
  if (performance.now() - heardAt > SILENCE_MS) return;
  // When the store does not answer the lock expires, and is taken again by a later beat.
  await connection
    .send(['EVAL', OWNS, '2', keys.lock, keys.lockHolder, token, String(EXPIRY_MS)])
    .catch(() => undefined);
}

setInterval(() => void beat(), BEAT_MS);
