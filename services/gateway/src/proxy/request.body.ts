import type { IncomingMessage } from 'node:http';
import { Transform, type TransformCallback } from 'node:stream';
import { ProblemError, type Service } from '@gospelib/service-kit';

/** The body that a route accepts. */
export interface BodyRule {
  /** Maximum size. */
  bytes: number;
  /**
   * Forward the body as it arrives, and require an answer within this many ms. Otherwise the whole body is read before
   * the service hears of it, so that no service waits for a slow sender.
   */
  streamedWithinMs?: number;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    body?: BodyRule;
  }
}

const small: BodyRule = { bytes: 64 * 1024 };
/** How long a body that is read whole may take to arrive, ms; a streamed one has the server's request timeout. */
const arrivesWithin = 20_000;

/** Bodies are not parsed, only limited: `request.body` is a Buffer, or a `StreamedBody` when it is streamed. */
export function acceptBodies(app: Service): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (request, payload, done) => {
    const { bytes, streamedWithinMs } = request.routeOptions.config.body ?? small;
    if (Number(request.headers['content-length']) > bytes) done(tooLarge(bytes));
    else if (streamedWithinMs === undefined) collect(payload, bytes, done);
    else done(null, new StreamedBody(payload, bytes, streamedWithinMs));
  });
}

function collect(
  payload: IncomingMessage,
  bytes: number,
  done: (error: Error | null, body?: Buffer) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  const end = (fault: Error | null): void => {
    clearTimeout(timer);
    payload.off('data', take).off('end', arrived).off('error', broken);
    done(fault, fault === null ? Buffer.concat(chunks, length) : undefined);
  };
  const take = (chunk: Buffer): void => {
    length += chunk.length;
    if (length > bytes) end(tooLarge(bytes));
    else chunks.push(chunk);
  };
  const arrived = (): void => end(null);
  const broken = (cause: Error): void => end(new ProblemError('bad-request', undefined, { cause }));
  const timer = setTimeout(() => end(new ProblemError('request-timeout')), arrivesWithin);
  payload.on('data', take).on('end', arrived).on('error', broken);
}

/** A body in transit. Once it is refused, the rest is read and dropped, so that the sender gets to read the answer. */
export class StreamedBody extends Transform {
  readonly answeredWithinMs: number;
  readonly #bytes: number;
  #length = 0;

  constructor(payload: IncomingMessage, bytes: number, answeredWithinMs: number) {
    super();
    this.answeredWithinMs = answeredWithinMs;
    this.#bytes = bytes;
    payload.on('error', (cause) => this.destroy(cause));
    payload.pipe(this);
    this.on('error', () => undefined);
    this.on('close', () => payload.unpipe(this).resume());
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#length += chunk.length;
    if (this.#length > this.#bytes) done(tooLarge(this.#bytes));
    else done(null, chunk);
  }
}

function tooLarge(bytes: number): ProblemError {
  return new ProblemError('body-too-large', `At most ${bytes} bytes.`);
}
