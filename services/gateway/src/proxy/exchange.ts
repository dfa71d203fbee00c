import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline, type Transform } from 'node:stream';
import { sendProblem, workHeader } from '@gospelib/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Dispatcher } from 'undici';
import {
  type Compression,
  changedByCompression,
  chooseCompression,
  compressedHeaders,
  createCompressor,
} from './compression.ts';
import { StreamedBody } from './request.body.ts';
import { requestHeaders } from './request.headers.ts';
import { appendResponseHeaders } from './response.headers.ts';
import { connectionBroke, overloaded, upstreamProblem } from './upstream.problem.ts';
import type { Upstream } from './upstream.ts';

/** Before a retry, ms: by then all closed connections to the service have been noticed, and a fresh one is used. */
const retryDelay = 20;

/** Appends the gateway's own headers for an answer: names and values alternate. */
export type OwnHeaders = (request: FastifyRequest, out: string[]) => void;

/**
 * Forwards one request and returns its answer. The first chunk waits for the second one or the end, so that an answer
 * of
 * one chunk is sent in one write, and a failure before that can still be answered with a problem.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #request: FastifyRequest;
  readonly #reply: FastifyReply;
  readonly #raw: ServerResponse;
  readonly #upstream: Upstream;
  readonly #ownHeaders: OwnHeaders;
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #first: Buffer | undefined;
  #output: ServerResponse | Transform | undefined;
  #retried = false;
  #gone = false;
  #left = false;

  constructor(
    request: FastifyRequest,
    reply: FastifyReply,
    upstream: Upstream,
    ownHeaders: OwnHeaders,
  ) {
    this.#request = request;
    this.#reply = reply;
    this.#raw = reply.raw;
    this.#upstream = upstream;
    this.#ownHeaders = ownHeaders;
  }

  start(): void {
    if (!this.#upstream.enter()) {
      this.#dropBody();
      sendProblem(overloaded(this.#upstream.name), this.#request, this.#reply);
      return;
    }
    this.#raw.on('close', () => {
      this.#dropBody();
      this.#gone = !this.#raw.writableFinished;
      if (this.#gone && this.#isToldWork()) return;
      this.#leave();
    });
    this.#request.work?.begin(this.#request.body instanceof StreamedBody);
    this.#dispatch();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#gone) controller.abort(new Error('the caller went away'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    this.#status = status;
    this.#headers = headers;
    this.#request.work?.served(Number(headers[workHeader]) || 0);
    if (this.#gone) this.#leave();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#request.work?.pass(chunk.length);
    if (this.#output === undefined && this.#first === undefined) {
      this.#first = chunk;
      return;
    }
    if (this.#output === undefined) {
      this.#output = this.#open(undefined);
      this.#output.write(this.#first);
    }
    if (this.#output.write(chunk)) return;
    controller.pause();
    this.#output.once('drain', () => controller.resume());
  }

  onResponseEnd(): void {
    if (this.#output !== undefined) this.#output.end();
    else if (this.#first === undefined) this.#open(0).end();
    else this.#open(this.#first.length).end(this.#first);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#gone) {
      this.#leave();
      return;
    }
    if (this.#output !== undefined) {
      this.#request.log.warn({ err: error, upstream: this.#upstream.name }, 'answer broke off');
      this.#raw.destroy();
    } else if (this.#mayRetry(error)) {
      this.#retried = true;
      setTimeout(() => this.#dispatch(), retryDelay);
    } else this.#fail(error);
  }

  #dispatch(): void {
    const { method, raw, body } = this.#request;
    const streamed = body instanceof StreamedBody;
    try {
      this.#upstream.dispatch(
        {
          path: raw.url ?? '/',
          method,
          headers: requestHeaders(this.#request, this.#upstream.rules),
          body: streamed || Buffer.isBuffer(body) ? body : null,
          ...(streamed && { headersTimeout: body.answeredWithinMs }),
        },
        this,
      );
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Drops the rest of a streamed request body once the answer is there. */
  #dropBody(): void {
    const { body } = this.#request;
    if (body instanceof StreamedBody) body.destroy();
  }

  /** Only safe methods, and only while no part of an answer has arrived (RFC 9110 §9.2.2). */
  #mayRetry(error: Error): boolean {
    const { method } = this.#request;
    const safe = method === 'GET' || method === 'HEAD';
    return safe && !this.#retried && this.#status === 0 && connectionBroke(error);
  }

  /** A service works on for a caller who went away: it is left alone until it tells how long it took. */
  #isToldWork(): boolean {
    const { work, body } = this.#request;
    return work !== undefined && this.#status === 0 && !(body instanceof StreamedBody);
  }

  /** Gives the place at the service back; an answer that nobody waits for is not read. */
  #leave(): void {
    if (this.#left) return;
    this.#left = true;
    this.#upstream.leave();
    this.#request.work?.served(0);
    if (this.#gone) this.#controller?.abort(new Error('the caller went away'));
  }

  #fail(error: Error): void {
    this.#request.work?.served(0);
    sendProblem(upstreamProblem(this.#upstream.name, error), this.#request, this.#reply);
  }

  /** Sends the head. @returns the stream for the body @param length of the body in bytes, when all of it is here */
  #open(length: number | undefined): ServerResponse | Transform {
    const { rules } = this.#upstream;
    const compression = this.#compression(length);
    const head: string[] = [];
    this.#ownHeaders(this.#request, head);
    appendResponseHeaders(head, this.#headers, rules, compression && changedByCompression);
    if (compression) head.push(...compressedHeaders(compression, this.#headers));
    if (this.#status === 401 && rules.challenge && !this.#headers['www-authenticate']) {
      head.push('www-authenticate', rules.challenge);
    }
    this.#reply.hijack();
    this.#raw.writeHead(this.#status, head);
    if (compression === undefined) return this.#raw;
    const compressor = createCompressor(compression);
    pipeline(compressor, this.#raw, (error) => {
      if (error && !this.#gone) this.#request.log.warn({ err: error }, 'compression broke off');
    });
    return compressor;
  }

  #compression(length: number | undefined): Compression | undefined {
    const { method, headers: asked } = this.#request;
    const keepsEtag = this.#upstream.rules.etagsGuardWrites && this.#headers.etag !== undefined;
    if (method === 'HEAD' || keepsEtag) return undefined;
    return chooseCompression(this.#status, this.#headers, length, asked['accept-encoding']);
  }
}
