import { once } from 'node:events';
import { createConnection } from 'node:net';
import type { StoreName } from '@gospelib/platform';
import { inspectEngines } from '@gospelib/stores';
import type { LocalConfig } from '../config/local.config.ts';
import { type Finding, fault, ok } from './finding.ts';

/** Whether each store can be started, or answers where the environment says it is. */
export async function checkStores(config: LocalConfig): Promise<Finding[]> {
  const own = (await inspectEngines()).filter(
    ({ part }) => part === 'cache' || config.external[part] === undefined,
  );
  const findings = own.map(({ part, ok: good, text }) => {
    const what = part === 'cache' ? 'cache folder' : part;
    return good ? ok(what, text) : { what, level: 'fault' as const, text };
  });
  const external = Object.entries(config.external).map(([name, url]) =>
    checkAddress(name as StoreName, url),
  );
  return [...findings, ...(await Promise.all(external))];
}

async function checkAddress(name: StoreName, url: string): Promise<Finding> {
  const { hostname, port, protocol } = new URL(url);
  const usual = protocol.startsWith('postgres') ? 5432 : 6379;
  const where = `${hostname}:${port || usual}`;
  const socket = createConnection({ host: hostname, port: Number(port) || usual, timeout: 3_000 });
  try {
    await Promise.race([
      once(socket, 'connect'),
      once(socket, 'timeout').then(() => Promise.reject(new Error('no answer in 3 s'))),
    ]);
    return ok(name, `${where} of the environment accepts connections`);
  } catch (error) {
    const text = `${where} of the environment: ${(error as Error).message}`;
    return fault(
      name,
      text,
      'Start that store, correct its address, or unset it to use the embedded one.',
    );
  } finally {
    socket.destroy();
  }
}
