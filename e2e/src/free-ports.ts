import { once } from 'node:events';
import { createServer } from 'node:net';

/** How many ports a platform takes from its base up. */
const SPAN = 100;

/** The first port of a stretch in which nothing listens on this machine. */
export async function freePorts(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const base = 20_000 + Math.floor(Math.random() * 120) * SPAN;
    const ports = Array.from({ length: SPAN }, (_, i) => base + i);
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no free stretch of ports was found between 20000 and 32000');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
