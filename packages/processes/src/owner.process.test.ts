import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { endProcess } from './end.process.ts';
import { identify, isAlive, type ProcessIdentity } from './identity.process.ts';
import { ownedByThisProcess } from './owner.process.ts';

const module = JSON.stringify(import.meta.resolve('./owner.process.ts'));

/** Follows its owner; says how it ends. */
const follower = `
  import { endWithOwner } from ${module};
  endWithOwner();
  process.on('SIGTERM', () => process.exit(0));
  setInterval(() => {}, 1_000);`;

/** Starts a follower that is in a session of its own, as \`./gl up --detach\` is, and prints its process id. */
const owner = `
  import { spawn } from 'node:child_process';
  import { ownedByThisProcess } from ${module};
  const child = spawn(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(follower)}], {
    detached: true, stdio: 'ignore', env: { ...process.env, ...ownedByThisProcess() },
  });
  console.log(String(child.pid));
  setInterval(() => {}, 1_000);`;

test('what a process owns ends with it, also when it is killed by kill -9', async () => {
  const parent = spawn(process.execPath, ['--input-type=module', '-e', owner]);
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: parent.stdout }), 'line');
  const child = identify(Number(line)) as ProcessIdentity;
  onTestFinished(async () => void (await endProcess(child, 'SIGKILL')));
  expect(isAlive(child)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isAlive(child)).toBe(false);
});

test.each([
  ['without an owner', () => ({ GOSPELIB_OWNER: '' })],
  ['whose owner runs', ownedByThisProcess],
])('a process %s lives on', async (_, owned) => {
  const script = `
    import { endWithOwner } from ${module};
    endWithOwner();
    setTimeout(() => console.log('alive'), 1_500);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, ...owned() },
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  expect(line).toBe('alive');
});
