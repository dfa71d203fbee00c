import { expect } from 'vitest';
import type { Place } from '../platform.ts';
import { startLoad } from './cluster.load.ts';
import { inSeconds, record } from './figures.ts';
import { kubectl } from './kubectl.ts';

/** Readers and writers while something is rotated. */
export interface RotationWatch {
  /** Ends the load: nothing failed, and nothing was started anew. */
  expectUnnoticed(what: string): Promise<void>;
  end(): Promise<unknown>;
}

export async function watchRotation(place: Place, namespace: string): Promise<RotationWatch> {
  /** Which pods there are, and how often their containers were started. */
  const pods = () => {
    const each =
      '{range .items[*]}{.metadata.name} {.status.containerStatuses[0].restartCount}{"\\n"}{end}';
    const services = ['-l', 'gospelib.com/kind=service'];
    return kubectl(['get', 'pods', ...services, '-o', `jsonpath=${each}`], { namespace });
  };
  const before = await pods();
  const load = await startLoad(place, { readers: 8, writers: 4 });
  const start = performance.now();
  return {
    end: () => load.stop(),
    async expectUnnoticed(what) {
      const seconds = (performance.now() - start) / 1000;
      const { faults, late, lost, reads, writes } = await load.stop();
      expect([faults, late, lost]).toEqual([[], {}, 0]);
      expect(await pods()).toBe(before);
      record(`${what} is rotated: until only the new one is taken`, {
        ...inSeconds(seconds),
        note: `${reads} reads and ${writes} writes, 0 failed; nothing restarted`,
      });
    },
  };
}
