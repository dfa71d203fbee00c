import { assertPortFree, freePort } from './probe.port.ts';

const ATTEMPTS = 3;

/**
 * Starts something on the wanted port, or on a free one when none is wanted.
 * @param hint what to do when the wanted port is taken
 * @throws PortBusyError naming who holds the wanted port
 */
export async function onPort<T>(
  wanted: number | undefined,
  hint: string,
  start: (port: number) => Promise<T>,
): Promise<T> {
  if (wanted) {
    await assertPortFree(wanted, hint);
    return start(wanted);
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await freePort());
    } catch (error) {
      // Between finding a free port and taking it, somebody else may have.
      const lost = /Address already in use/.test((error as Error).message);
      if (!lost || attempt === ATTEMPTS) throw error;
    }
  }
}
