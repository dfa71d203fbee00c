import { openSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError, type Progress, type Reporter } from '@gospelib/cli-kit';
import { portOf, processNames } from '@gospelib/platform';
import { spawnGl } from '@gospelib/processes';
import { folders, type LocalConfig } from '../config/local.config.ts';
import { makeOwnFolder } from '../config/own.folder.ts';
import { portIn } from '../config/port.choice.ts';

/** What a supervisor in the background tells who started it. */
export type SupervisorMessage =
  | { kind: 'say'; line: string }
  | { kind: 'progress'; progress: Progress }
  | { kind: 'progressEnded' }
  /** What is not ready, and why; the rest runs. */
  | { kind: 'ready'; unready: readonly string[] }
  | { kind: 'failed'; reason: string };

/**
 * Starts a supervisor that outlives us, and follows it until it is ready. Resolves with what is not in time, and why.
 * @param root the release whose code it is
 * @throws OperatorError
 */
export async function startDetached(
  config: LocalConfig,
  reporter: Reporter,
  root = config.root,
): Promise<readonly string[]> {
  makeOwnFolder(folders.logs(config));
  const log = openSync(join(folders.logs(config), 'gl.log'), 'a', 0o600);
  const child = spawnGl(root, ['supervise', '--data', config.dataDir], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    env: { ...config.env, ...portVariables(config) },
  });
  const interrupt = () => void child.kill('SIGTERM');
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const unready = await new Promise<readonly string[]>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(
        new OperatorError(
          `The supervisor ended (${signal ?? `exit code ${code}`}) before it was ready.`,
          '`./gl logs gl` shows its last words.',
        ),
      );
    });
    child.on('message', (message: SupervisorMessage) => {
      if (message.kind === 'say') reporter.say(message.line);
      else if (message.kind === 'progress') reporter.progress(message.progress);
      else if (message.kind === 'progressEnded') reporter.progressEnded();
      else if (message.kind === 'ready') resolve(message.unready);
      else reject(new OperatorError(message.reason));
    });
  });
  process.off('SIGINT', interrupt);
  process.off('SIGTERM', interrupt);
  child.removeAllListeners('exit');
  child.disconnect();
  child.unref();
  return unready;
}

/** What another gl must be told to take the same ports. */
function portVariables({ ports, catalogue }: LocalConfig): NodeJS.ProcessEnv {
  return Object.fromEntries(
    processNames(catalogue).map((name) => [
      portOf(catalogue, name).variable,
      String(portIn(ports, name)),
    ]),
  );
}
