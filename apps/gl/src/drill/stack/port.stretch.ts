import { assertPortFree } from '@gospelib/processes';

/** How many ports a platform takes from its base up. */
const SPAN = 60;

/** The first port of a stretch in which nothing listens on this machine. @throws Error when there is none */
export async function findPortStretch(from = 24_000, to = 32_000): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const base = from + Math.floor(Math.random() * ((to - from) / SPAN)) * SPAN;
    const ports = Array.from({ length: SPAN }, (_, i) => base + i);
    const free = await Promise.allSettled(ports.map((port) => assertPortFree(port)));
    if (free.every(({ status }) => status === 'fulfilled')) return base;
  }
  throw new Error(`No free stretch of ${SPAN} ports was found between ${from} and ${to}.`);
}
