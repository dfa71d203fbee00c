import { setTimeout as sleep } from 'node:timers/promises';
import { platform } from '@gospelib/platform';
import { describe, expect, inject, it } from 'vitest';
import { noCluster } from './cluster.images.ts';
import { startLoad } from './cluster.load.ts';
import { record } from './figures.ts';
import { getObject, kubectl } from './kubectl.ts';

/** How long the load goes on; ten minutes where somebody has them. */
const SECONDS = Number(process.env.GOSPELIB_LOAD_SECONDS || 45);
/** What a limit leaves above the most that was taken. */
const ROOM = 1.3;

interface Pods {
  items: {
    spec: { containers: { resources: { limits: { memory: string } } }[] };
    status: { containerStatuses: { restartCount: number }[] };
  }[];
}

describe.skipIf(noCluster)(`memory under load (${noCluster ?? 'on a cluster'})`, () => {
  it(
    'no service is ended for it, and each has room above the most that it took',
    async () => {
      const { namespace } = inject('cluster');
      const load = await startLoad(inject('place'));
      await sleep(SECONDS * 1000);
      const { lost, wrong } = await load.stop();
      expect([lost, wrong]).toEqual([0, []]);
      for (const name of [...Object.keys(platform.services), 'falkordb']) {
        const label = `app.kubernetes.io/name=${name}`;
        const { items } = await getObject<Pods>(['pods', '-l', label], namespace);
        expect(items.map(({ status }) => status.containerStatuses[0]?.restartCount)).toEqual([0]);
        // Its image has nothing that could be asked.
        if (name === 'falkordb') continue;
        const limit = items[0]?.spec.containers[0]?.resources.limits.memory ?? '';
        expect(limit).toMatch(/^\d+Mi$/);
        const peak = await peakOf(namespace, name);
        record(`${name}: the most memory under 16 readers and 4 writers`, {
          value: peak,
          unit: 'MiB',
          target: { most: Math.floor(Number.parseInt(limit, 10) / ROOM) },
          note: `resident, in ${SECONDS} s; its limit is ${limit}`,
        });
        expect([name, peak * ROOM <= Number.parseInt(limit, 10)]).toEqual([name, true]);
      }
    },
    300_000 + SECONDS * 1000,
  );

  /** Of the service's process since its start, MiB (proc_pid_status(5)). */
  async function peakOf(namespace: string, service: string): Promise<number> {
    const read = "process.stdout.write(require('node:fs').readFileSync('/proc/1/status'))";
    const args = ['exec', `deploy/gospelib-${service}`, '--', '/usr/local/bin/node', '-e', read];
    const status = await kubectl(args, { namespace });
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1]) / 1024;
  }
});
