import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '@gospelib/cli-kit';
import { onPort, type RunningChild, spawnChild } from '@gospelib/processes';
import type { DataFolder } from '../data/data.folder.ts';
import type { RedisProgram } from '../engine/redis.program.ts';
import { UnreadableDataError } from '../store.error.ts';
import type { RunningStore, StoreOptions } from '../store.types.ts';
import { redisAnswers } from './redis.answer.ts';

const HOST = '127.0.0.1';
interface StartTimes {
  /** Until it answers with its data loaded, ms. A graph of a million edges loads in seconds; this allows for slow disks. */
  startMs: number;
  /** Until one question is given up and asked again, ms: a server that hangs takes connections and answers none. */
  answerMs: number;
}

const startTimes: StartTimes = { startMs: 120_000, answerMs: 5_000 };

export interface RedisServer {
  program: RedisProgram;
  folder: DataFolder;
  options: StoreOptions;
  /** The advice in the error `Port … is taken`. */
  portHint: string;
  /** Lines of redis.conf in addition to address, port and secret. */
  config: readonly string[];
}

/**
 * Starts a redis-server in its folder and waits until this very process answers with its data loaded.
 * The folder is closed when the server ends.
 */
export async function startRedisServer(
  server: RedisServer,
  times = startTimes,
): Promise<RunningStore> {
  const { folder, options, portHint } = server;
  try {
    return await onPort(options.port, portHint, (port) => startOn(port, server, times));
  } catch (error) {
    folder.close();
    throw error;
  }
}

async function startOn(
  port: number,
  server: RedisServer,
  times: StartTimes,
): Promise<RunningStore> {
  const { program, folder, options } = server;
  const lastLines: string[] = [];
  const child = await spawnChild({
    command: program.command,
    args: [...program.args, '-'], // the configuration comes on stdin: no secret among the arguments
    cwd: folder.path,
    input: `${[`bind ${HOST}`, `port ${port}`, `requirepass ${folder.secret}`, ...server.config].join('\n')}\n`,
    log: (line) => {
      lastLines.push(line);
      if (lastLines.length > 20) lastLines.shift();
      options.log?.(line);
    },
  });
  folder.record(child.identity);
  const url = `redis://:${folder.secret}@${HOST}:${port}`;
  try {
    await untilReady(url, child, lastLines, times);
  } catch (error) {
    await child.stop();
    throw error;
  }
  const exited = child.exited.then((exit) => {
    folder.close();
    return exit;
  });
  return {
    url,
    port,
    pid: child.identity.pid,
    dataDir: folder.path,
    exited,
    answers: (timeoutMs) => redisAnswers(url, timeoutMs),
    stop: async () => {
      await child.stop();
      await exited;
    },
  };
}

async function untilReady(
  url: string,
  child: RunningChild,
  lastLines: string[],
  { startMs, answerMs }: StartTimes,
): Promise<void> {
  let gone = false;
  void child.exited.then(() => {
    gone = true;
  });
  const deadline = Date.now() + startMs;
  while (Date.now() < deadline) {
    if (gone) throw startFault(lastLines);
    const info = await serverInfo(url, answerMs);
    if (info !== undefined) {
      const pid = Number(info.match(/^process_id:(\d+)/m)?.[1]);
      if (pid !== child.identity.pid) {
        throw new OperatorError(
          `Process ${pid} answers in place of the redis-server just started (${child.identity.pid}).`,
        );
      }
      if (/^loading:0/m.test(info)) return;
    }
    await sleep(10);
  }
  throw new OperatorError(`redis-server did not answer within ${startMs / 1000} s.`);
}

/** Messages of Redis about damaged files, and of a module that crashes on them. */
const UNREADABLE = /Bad file format|Error (reading|loading)|Unrecoverable error|crashed by signal/;

function startFault(lastLines: string[]): OperatorError {
  const text = lastLines.join('\n');
  return UNREADABLE.test(text)
    ? new UnreadableDataError(`redis-server cannot read its data. Its last lines:\n${text}`)
    : new OperatorError(`redis-server ended while starting. Its last lines:\n${text}`);
}

async function serverInfo(url: string, answerMs: number): Promise<string | undefined> {
  // Loaded when a store is started: most commands start none, and it takes longer to load than they take.
  const { createClient } = await import('@redis/client');
  const client = createClient({
    url,
    disableClientInfo: true,
    socket: { reconnectStrategy: false, connectTimeout: answerMs },
  });
  client.on('error', () => {});
  const limit = setTimeout(() => client.destroy(), answerMs);
  try {
    await client.connect();
    return `${await client.info('server')}\n${await client.info('persistence')}`;
  } catch {
    return undefined;
  } finally {
    clearTimeout(limit);
    if (client.isOpen) client.destroy();
  }
}
