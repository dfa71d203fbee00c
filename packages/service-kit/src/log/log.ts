import type { FastifyBaseLogger } from 'fastify';
import { type DestinationStream, destination, pino, stdTimeFunctions } from 'pino';

export interface LogOptions {
  level: string;
  service: string;
  version: string;
  /** Where lines go; stdout, buffered, when not given. */
  stream?: DestinationStream | undefined;
}

/** Written when so much has gathered; beyond the most, with nobody reading, lines are dropped. */
const bufferBytes = 4 * 1024;
const mostBytes = 8 * 1024 * 1024;
/** Lines wait at most this long in the buffer, ms. */
const flushEvery = 200;

/** One JSON line an event: time (ISO 8601), level, service, version, then what the event says. */
export function createLog(options: LogOptions): FastifyBaseLogger {
  return pino(
    {
      level: options.level,
      base: { service: options.service, version: options.version },
      messageKey: 'message',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    options.stream ?? bufferedStdout(),
  );
}

/** Writing each line by itself costs a system call a request; pino flushes what is left when the process exits. */
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
