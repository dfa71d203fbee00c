import { Worker } from 'node:worker_threads';

/** Between two signs of life to the thread, which starts with the first: most holders are done before it is needed. */
const ALIVE_MS = 1_000;

/** What the thread is given. */
export interface HeartbeatData {
  url: string;
  token: string;
}

/**
 * Prolongs the lock from a thread with a connection of its own: work that blocks the event loop, or a connection that
 * waits for a large reply, does not keep it from beating.
 * @returns ends it; nothing is prolonged any more when it has resolved
 */
export function startHeartbeat(url: string, token: string): () => Promise<void> {
  let thread: Worker | undefined;
  const timer = setInterval(() => {
    thread ??= startThread({ url, token });
    thread.postMessage('alive');
  }, ALIVE_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await thread?.terminate();
  };
}

function startThread(workerData: HeartbeatData): Worker {
  const thread = new Worker(new URL('./heartbeat.thread.ts', import.meta.url), { workerData });
  thread.unref();
  // Whether the lock is still held is asked when it matters, so that the work may go on.
  thread.on('error', (error) => {
    process.emitWarning(`The lock of the ingest is no longer prolonged: ${error.message}`);
  });
  return thread;
}
