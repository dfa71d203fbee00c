import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type RunningChild, spawnChild } from '@gospelib/processes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signalAddresses } from './job.addresses.ts';
import { runJob } from './run.job.ts';

const command = findPushgateway();

describe.skipIf(command === undefined)(
  'what a job said outlives it (needs pushgateway on the PATH)',
  () => {
    let folder: string;
    let address: string;
    let gateway: RunningChild;

    async function start(): Promise<void> {
      gateway = await spawnChild({
        command: command ?? '',
        args: [
          `--web.listen-address=${new URL(address).host}`,
          `--persistence.file=${join(folder, 'pushed')}`,
          '--persistence.interval=1s',
        ],
      });
      for (let i = 0; i < 200; i += 1) {
        const ready = await fetch(`${address}/-/ready`).catch(() => undefined);
        if (ready?.ok) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`${command} is not ready at ${address}.`);
    }
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'gospelib-pushgateway-'));
      address = `http://127.0.0.1:${await freePort()}`;
      await start();
    });
    afterAll(async () => {
      await gateway?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const addresses = () => signalAddresses({ PUSHGATEWAY_URL: address });
    const run = (name: string, work: Parameters<typeof runJob>[1]): Promise<unknown> =>
      runJob({ name, version: '1', addresses: addresses(), warn: throwIt }, work);
    const pushed = async (series: string): Promise<number> => {
      const text = await (await fetch(`${address}/metrics`)).text();
      const line = text.split('\n').find((one) => one.startsWith(`${series} `));
      return Number(line?.split(' ').at(-1));
    };
    const newest = 'gospelib_backup_newest_seconds{instance="",job="backup-graph",kind="graph"}';
    const succeeded = 'gospelib_job_succeeded_seconds{instance="",job="backup-graph"}';
    const failed = 'gospelib_job_failed_seconds{instance="",job="backup-graph"}';

    it('through a run that fails, and beside other jobs', async () => {
      await run('backup-graph', async ({ metrics }) =>
        metrics.set('gospelib_backup_newest_seconds', 'When.', 17, { kind: 'graph' }),
      );
      await run('ingest', async () => undefined);
      const before = await pushed(succeeded);
      expect(before).toBeGreaterThan(1e9);
      expect(await pushed(failed)).toBeNaN();
      const failing = run('backup-graph', async () => {
        throw new Error('planted');
      });
      await expect(failing).rejects.toThrow('planted');
      expect(await pushed(newest)).toBe(17);
      expect(await pushed(succeeded)).toBe(before);
      expect(await pushed(failed)).toBeGreaterThan(before);
    });

    it('and a restart of who keeps it', async () => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await gateway.stop();
      await start();
      expect(await pushed(newest)).toBe(17);
    });
  },
);

function throwIt(line: string): never {
  throw new Error(line);
}

function findPushgateway(): string | undefined {
  try {
    const names = 'command -v pushgateway || command -v prometheus-pushgateway';
    return execFileSync('sh', ['-c', names], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
