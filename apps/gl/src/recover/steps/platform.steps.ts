import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readStatus } from '../../commands/status.command.ts';
import type { Config } from '../../config.ts';
import { portVariables } from '../../supervisor/detached.ts';
import type { Step } from './step.ts';

const PATIENCE_MS = 60_000;
const POLL_MS = 100;

export const startPlatform: Step = async ({ config }) => {
  await runGl(config, config.root, ['up', '--detach']);
  return 'The platform runs.';
};

/** Ends what runs and starts the release that lies in a folder, on the same data and ports. */
export const startRelease: Step = async ({ config }, root) => {
  if (!existsSync(mainOf(root))) {
    throw new Error(`The release before lay in ${root}, which is not there any more.`);
  }
  await runGl(config, config.root, ['down']);
  await runGl(config, root, ['up', '--detach']);
  return `The release in ${root} runs.`;
};

/** The supervisor starts again what fell; this waits for it. */
export const awaitPart: Step = async ({ config }, name) => {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const part = (await readStatus(config)).parts.find((one) => one.name === name);
    if (part?.state === 'ready' || part?.state === 'external') return `${name} answers again.`;
    if (Date.now() > deadline) {
      throw new Error(
        `${name} is still ${part?.state ?? 'away'}. \`./gl logs ${name}\` tells why.`,
      );
    }
    await sleep(POLL_MS);
  }
};

async function runGl(config: Config, root: string, args: readonly string[]): Promise<void> {
  const command = [mainOf(root), ...args, '--data', config.dataDir];
  const child = spawn(process.execPath, command, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...config.env, ...portVariables(config) },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`\`gl ${args.join(' ')}\` in ${root} failed:\n${said.trim()}`);
}

function mainOf(root: string): string {
  return join(root, 'apps/gl/src/main.ts');
}
