import { parentPort, workerData } from 'node:worker_threads';
import { HostileAccount, type HostileOrders } from './hostile.account.ts';

/** In a thread of its own: what it receives must not delay the clock of who is measured. */
const hostile = new HostileAccount(workerData as HostileOrders);
hostile.start();
parentPort?.once('message', () => {
  void hostile.stop().then(() => parentPort?.postMessage(hostile.answers));
});
