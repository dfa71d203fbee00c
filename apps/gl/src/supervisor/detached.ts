import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Progress, Reporter } from '@gospelib/cli-kit';
import { OperatorError } from '@gospelib/cli-kit';
import { type Config, logFolder } from '../config.ts';
import { partNames, portRules } from '../ports.ts';

/** What a supervisor in the background tells who started it. */
export type Message =
  | { kind: 'say'; line: string }
  | { kind: 'progress'; progress: Progress }
  | { kind: 'progressEnded' }
  | { kind: 'ready' }
  | { kind: 'failed'; reason: string };

/** Starts a supervisor that outlives us, and follows it until it is ready. @throws OperatorError */
export async function startDetached(config: Config, watcher: Reporter): Promise<void> {
  mkdirSync(logFolder(config), { recursive: true });
  const log = openSync(join(logFolder(config), 'gl.log'), 'a', 0o600);
  const main = join(config.root, 'apps/gl/src/main.ts');
  const args = [main, 'supervise', '--data', config.dataDir];
  const child = spawn(process.execPath, args, {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    env: { ...config.env, ...portVariables(config) },
  });
  const interrupt = () => void child.kill('SIGTERM');
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(
        new OperatorError(
          `The supervisor ended (${signal ?? `exit code ${code}`}) before it was ready.`,
        ),
      );
    });
    child.on('message', (message: Message) => {
      if (message.kind === 'say') watcher.say(message.line);
      else if (message.kind === 'progress') watcher.progress(message.progress);
      else if (message.kind === 'progressEnded') watcher.progressEnded();
      else if (message.kind === 'ready') resolve();
      else reject(new OperatorError(message.reason));
    });
  });
  process.off('SIGINT', interrupt);
  process.off('SIGTERM', interrupt);
  child.removeAllListeners('exit');
  child.disconnect();
  child.unref();
}

/** What another gl must be told to take the same ports. */
export function portVariables({ ports }: Config): NodeJS.ProcessEnv {
  return Object.fromEntries(
    partNames.map((name) => [portRules[name].variable, String(ports[name])]),
  );
}
