import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, processesOf, runGl } from '@gospelib/processes';
import { expect, onTestFinished, test } from 'vitest';
import { freePorts } from '../free-ports.ts';
import { repository } from '../platform.ts';

test.runIf(process.platform === 'linux')(
  'a platform in the background ends, stores included, when whoever started it is killed by kill -9',
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'gospelib-owned-'));
    const owner = spawn('sleep', ['600']);
    onTestFinished(() => {
      owner.kill('SIGKILL');
      rmSync(data, { recursive: true, force: true });
    });
    const { pid, started } = identify(owner.pid ?? 0) ?? {};
    const place = ['--data', data, '--port-base', String(await freePorts())];
    const platform = runGl(repository, ['supervise', ...place], {
      env: { ...process.env, GOSPELIB_OWNER: `${pid}:${started}` },
    });
    const commands = () => processesOf(data)?.map(({ command }) => command);
    await expect
      .poll(commands)
      .toEqual(expect.arrayContaining([expect.stringContaining('redis-server')]));
    owner.kill('SIGKILL');
    await platform;
    await expect.poll(commands).toEqual([]);
  },
);
