import { once } from 'node:events';
import { createServer } from 'node:net';
import type { EnvironmentStatus } from '@gospelib/environment';
import { identify } from '@gospelib/processes';
import { scratchFolder } from '@gospelib/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { cli, startSupervisor } from '../testing/cli.ts';

async function killedSupervisor(): Promise<{ data: string; pids: number[] }> {
  const data = scratchFolder();
  const { supervisor, pids } = await startSupervisor(data);
  onTestFinished(() => {
    for (const pid of pids) if (identify(pid)) process.kill(pid, 'SIGKILL');
  });
  supervisor.kill('SIGKILL');
  await once(supervisor, 'exit');
  return { data, pids };
}

const alive = (pids: readonly number[]) => pids.filter((pid) => identify(pid) !== undefined);

test('after a kill -9 status and doctor tell of it, and down leaves nothing', async () => {
  const { data, pids } = await killedSupervisor();
  expect(alive(pids)).not.toEqual([]);
  const status = JSON.parse(
    (await cli(['status', '--json', '--data', data])).stdout,
  ) as EnvironmentStatus;
  expect(status).toMatchObject({ running: false, ready: false });
  expect(status.processes).toContainEqual(
    expect.objectContaining({ name: 'content', state: 'left over' }),
  );
  expect((await cli(['doctor', '--data', data])).stdout).toContain('left running by a killed gl');

  const dry = await cli(['down', '--dry-run', '--data', data]);
  expect(dry.stdout).toContain('Would end');
  expect(alive(pids)).not.toEqual([]);

  const down = await cli(['down', '--data', data]);
  expect(down).toMatchObject({ code: 0 });
  expect(down.stdout).toMatch(/ended content \(process \d+\)/);
  expect(alive(pids)).toEqual([]);
  expect((await cli(['down', '--data', data])).stdout).toBe('nothing was running\n');
});

test('after a kill -9 the next start clears what is left before it does anything else', async () => {
  const { data, pids } = await killedSupervisor();
  // A busy port stops this `up` right after the clearing.
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const up = await cli(['up', '--data', data], { GATEWAY_PORT: String(port) });
  expect(up.code).toBe(1);
  expect(up.stdout).toMatch(
    /content \(process \d+\) was left running by a killed gl; it was ended/,
  );
  expect(up.stderr).toContain(`gateway: Port ${port} is taken by process ${process.pid}`);
  expect(up.stderr).toContain('GATEWAY_PORT');
  expect(alive(pids)).toEqual([]);
});

test('a second one says that it runs, well, and harms nothing', async () => {
  const data = scratchFolder();
  const { pids } = await startSupervisor(data);
  onTestFinished(() => {
    for (const pid of pids) if (identify(pid)) process.kill(pid, 'SIGKILL');
  });
  for (const args of [['up'], ['up', '--detach']]) {
    const second = await cli([...args, '--data', data]);
    expect(second).toMatchObject({ code: 0 });
    expect(second.stdout).toContain('GospeLib runs already: read at http://localhost:8080');
  }
  const elsewhere = await cli(['up', '--data', data, '--port-base', '23000']);
  expect(elsewhere).toMatchObject({ code: 1 });
  expect(elsewhere.stderr).toContain('it was not moved');
  expect(alive(pids)).toEqual(pids);
});
