import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ProblemError, problemBody } from '../problem/problem.error.ts';
import type { ProblemCode } from '../problem/problem.registry.ts';
import { problemMediaType } from '../problem/problem.reply.ts';
import type { UnroutedRequests } from './unrouted.requests.ts';

const codes: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

export interface ClientErrorOptions {
  unrouted: UnroutedRequests;
  /** Not counted by address: a proxy that is trusted passes on what others sent. */
  isProxy: (address: string | undefined) => boolean;
  /** The methods of an address; none for an unknown one. */
  methodsOf: (url: string) => Promise<readonly string[]>;
  /** Called with the status of each answer. */
  onAnswer: (status: number) => void;
}

interface ParseError extends Error {
  code?: string | undefined;
  rawPacket?: unknown;
  bytesParsed?: number | undefined;
}

export interface ClientErrors {
  /** Malformed HTTP never becomes a request: it is answered on the socket, which then closes. */
  answer(error: ParseError, socket: Socket): void;
  /** Answers an Expect header other than 100-continue, which Node would refuse without a body. */
  refuseExpectation(request: IncomingMessage, response: ServerResponse): void;
}

export function clientErrors(options: ClientErrorOptions): ClientErrors {
  const { unrouted, isProxy, methodsOf, onAnswer } = options;
  const answerFor = (problem: ProblemError, socket: Socket) => {
    const { remoteAddress } = socket;
    const judged = unrouted.judge(problem, isProxy(remoteAddress) ? undefined : remoteAddress);
    const body = JSON.stringify(problemBody(judged));
    const { retryAfter, headers } = judged.extras;
    const pairs = [
      ...unrouted.headers,
      ...Object.entries(headers ?? {}).flat(),
      ...(retryAfter === undefined ? [] : ['retry-after', String(retryAfter)]),
      ...['cache-control', 'no-store', 'content-type', problemMediaType],
      ...['content-length', String(Buffer.byteLength(body))],
    ];
    onAnswer(judged.statusCode);
    return { status: judged.statusCode, pairs, body };
  };
  return {
    answer(error, socket) {
      if (error.code === 'ECONNRESET' || !socket.writable) {
        socket.destroy();
        return;
      }
      const send = (problem: ProblemError): void => {
        const { status, pairs, body } = answerFor(problem, socket);
        let head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`;
        for (let i = 0; i < pairs.length; i += 2) head += `${pairs[i]}: ${pairs[i + 1]}\r\n`;
        socket.end(`${head}connection: close\r\n\r\n${body}`);
      };
      const malformed = new ProblemError(codes[error.code ?? ''] ?? 'bad-request');
      const url = urlOfUnknownMethod(error);
      if (url === undefined) send(malformed);
      else {
        void methodsOf(url).then(
          (methods) => send(methods.length === 0 ? malformed : methodNotAllowed(methods)),
          () => send(malformed),
        );
      }
    },
    refuseExpectation(request, response) {
      const { status, pairs, body } = answerFor(
        new ProblemError('expectation-failed'),
        request.socket,
      );
      response.writeHead(status, pairs);
      response.end(body);
    },
  };
}

const requestLine = /^[A-Za-z!#$%&'*+.^_`|~-]{1,32} (\/[\x21-\x7e]*) HTTP\/1\.[01]\r?$/;

/** The address in a request line that is well formed but for a method that Node's parser does not know. */
function urlOfUnknownMethod({ code, rawPacket, bytesParsed = 0 }: ParseError): string | undefined {
  if (code !== 'HPE_INVALID_METHOD' || !Buffer.isBuffer(rawPacket)) return undefined;
  // An earlier request may stand before it in the same packet.
  const begin = bytesParsed === 0 ? 0 : rawPacket.lastIndexOf('\n', bytesParsed - 1) + 1;
  const end = rawPacket.indexOf('\n', begin);
  return requestLine.exec(rawPacket.toString('latin1', begin, Math.max(begin, end)))?.[1];
}

export function methodNotAllowed(methods: readonly string[]): ProblemError {
  const list = methods.join(', ');
  return new ProblemError('method-not-allowed', `Only ${list}.`, { headers: { allow: list } });
}
