import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { describeHolder, parseListeners, portHolder } from './holder.port.ts';
import { assertPortFree, freePort } from './probe.port.ts';
import { PortBusyError } from './process.error.ts';
import { onPort } from './take.port.ts';

test('a busy port is named together with who holds it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  expect(portHolder(port)).toMatchObject({ pid: process.pid });
  const fault = await assertPortFree(port, 'Choose another.').catch((error: Error) => error);
  expect(fault).toBeInstanceOf(PortBusyError);
  expect(fault?.message).toContain(`Port ${port} is taken by process ${process.pid} (`);
  expect(fault?.message).toContain('Choose another.');
  server.close();
  await once(server, 'close');
  await assertPortFree(port);
  expect(portHolder(port)).toBeUndefined();
});

test('a free port is one that can be listened on', async () => {
  await assertPortFree(await freePort());
});

test('listeners are read from the table of sockets, others are left out', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:18EB 00000000:0000 0A 00000000:00000000 00:00000000 00000000   106        0 12345 1 0 100 0 0 10 0
   1: 0100007F:18EB 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 22222 1 0 20 4 30 10 -1
   2: 0100007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 33333 1 0 100 0 0 10 0`;
  expect(parseListeners(table, 6379)).toEqual([{ inode: '12345', uid: 106 }]);
  expect(parseListeners(table, 81)).toEqual([]);
});

test.each([
  [{ pid: 7, command: 'node server.js', uid: 0 }, 'process 7 (node server.js)'],
  [{ pid: 7 }, 'process 7 (unknown command)'],
  [{ uid: 106 }, 'a process of the user with id 106'],
  [undefined, 'another process'],
])('%j is described as far as it is known', (holder, text) => {
  expect(describeHolder(holder)).toBe(text);
});

test('a free port that was lost meanwhile is replaced by another, a wanted one is not', async () => {
  const lost = () => Promise.reject(new Error('bind: Address already in use'));
  const tried: number[] = [];
  const start = (port: number) => (tried.push(port) < 3 ? lost() : Promise.resolve(port));
  expect(await onPort(undefined, '', start)).toBe(tried[2]);
  await expect(onPort(undefined, '', lost)).rejects.toThrow('Address already in use');
  const wanted = await freePort();
  await expect(onPort(wanted, '', lost)).rejects.toThrow('Address already in use');
});
