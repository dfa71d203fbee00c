import type { FastifyBaseLogger } from 'fastify';
import { type DestinationStream, destination, levels, pino } from 'pino';
import type { BuildInfo } from '../service/build.info.ts';
import { LineBatch } from './line.batch.ts';

export interface LogOptions {
  level: string;
  build: BuildInfo;
  /** Where lines go; buffered stdout by default. */
  stream?: DestinationStream | undefined;
}

/** When nobody reads, what is beyond so many bytes is dropped. */
const mostBytes = 8 * 1024 * 1024;
/** The longest time that lines wait, ms. */
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

/** What is told of one request. */
export interface AccessLine {
  requestId: string;
  traceId: string;
  spanId: string | undefined;
  caller: string | undefined;
  method: string;
  route: string;
  path: string;
  status: number;
  ms: number;
}

/**
 * Writes a line for each request into the log, at the level `error` from status 500 on, else `info`. The line is that of
 * pino, put together without looking at what kind of value each field has: there are as many lines as requests.
 */
export function createAccessLog({ level, build, stream }: LogOptions): (line: AccessLine) => void {
  const out = stream ?? bufferedStdout();
  const { service, version, revision } = build;
  const same = JSON.stringify({ service, version, revision }).slice(1, -1);
  const least = level === 'silent' ? Number.POSITIVE_INFINITY : (levels.values[level] ?? 0);
  const isWritten = { info: least <= 30, error: least <= 50 };
  return ({ requestId, traceId, spanId, caller, method, route, path, status, ms }) => {
    const grade = status >= 500 ? 'error' : 'info';
    if (!isWritten[grade]) return;
    const span = spanId === undefined ? '' : `,"spanId":"${spanId}"`;
    const who = caller === undefined ? '' : `,"caller":${JSON.stringify(caller)}`;
    const where = `"route":${JSON.stringify(route)},"path":${JSON.stringify(path)}`;
    out.write(
      `{"level":"${grade}"${isoTime()},${same},"requestId":"${requestId}","traceId":"${traceId}"${span}${who},"method":"${method}",${where},"status":${status},"ms":${ms},"message":"request"}\n`,
    );
  };
}

let stdout: DestinationStream | undefined;

/**
 * Writing each line separately would cost a system call per request, and pino's own buffer measures all that it holds at
 * each line: it is given many lines at once. `exit` and a fatal line write what is left; a process that is killed loses
 * what is younger than `flushEvery`.
 */
function bufferedStdout(): DestinationStream {
  if (stdout !== undefined) return stdout;
  const batch = new LineBatch((lines) => buffer.write(lines));
  const handOver = (): void => batch.handOver();
  // Before those of the buffer, which writes what it has at the end.
  process.on('beforeExit', handOver).on('exit', handOver);
  const buffer = destination({ fd: 1, sync: false, maxLength: mostBytes });
  setInterval(handOver, flushEvery).unref();
  const gathered = {
    write: (line: string): void => batch.add(line),
    flushSync(): void {
      batch.handOver();
      buffer.flushSync();
    },
  };
  stdout = gathered;
  return gathered;
}
