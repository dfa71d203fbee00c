import type { FastifyBaseLogger } from 'fastify';
import { type DestinationStream, destination, pino } from 'pino';
import type { BuildInfo } from '../service/build.info.ts';

export interface LogOptions {
  level: string;
  build: BuildInfo;
  /** Where lines go; buffered stdout by default. */
  stream?: DestinationStream | undefined;
}

/** The buffer is written when it holds this much; when nobody reads, lines beyond the maximum are dropped. */
const bufferBytes = 15 * 1024;
const mostBytes = 8 * 1024 * 1024;
/** The longest time that lines stay in the buffer, ms. */
const flushEvery = 200;

let second = -1;
let upToSecond = '';

/** The member `time` of a line (ISO 8601). All but the milliseconds is written once a second. */
export function isoTime(now: number = Date.now()): string {
  const current = Math.floor(now / 1000);
  if (current !== second) {
    second = current;
    upToSecond = new Date(current * 1000).toISOString().slice(0, -4);
  }
  return `,"time":"${upToSecond}${String(now - current * 1000).padStart(3, '0')}Z"`;
}

/** One JSON line per event: time (ISO 8601), level, service, version and revision, then the fields of the event. */
export function createLog(options: LogOptions): FastifyBaseLogger {
  return pino(
    {
      level: options.level,
      base: { ...options.build },
      messageKey: 'message',
      timestamp: () => isoTime(),
      formatters: { level: (level) => ({ level }) },
    },
    options.stream ?? bufferedStdout(),
  );
}

/**
 * Writing each line separately would cost a system call per request. pino flushes the buffer when the process exits.
 */
function bufferedStdout(): DestinationStream {
  const stdout = destination({
    fd: 1,
    sync: false,
    minLength: bufferBytes,
    maxLength: mostBytes,
  });
  setInterval(() => stdout.flush(), flushEvery).unref();
  return stdout;
}
