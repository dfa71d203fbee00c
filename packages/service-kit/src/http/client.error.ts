import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ProblemError, problemBody } from '../problem/problem.error.ts';
import type { ProblemCode } from '../problem/problem.registry.ts';
import { problemMediaType } from '../problem/problem.reply.ts';

const codes: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** Malformed HTTP never becomes a request: it is answered on the socket, which then closes. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = new ProblemError(codes[error.code ?? ''] ?? 'bad-request');
  const body = JSON.stringify(problemBody(problem));
  socket.end(
    `HTTP/1.1 ${problem.statusCode} ${STATUS_CODES[problem.statusCode]}\r\ncontent-type: ${problemMediaType}\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** Answers an Expect header other than 100-continue, which Node would refuse without a body. */
export function refuseExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const problem = new ProblemError('expectation-failed');
  const body = JSON.stringify(problemBody(problem));
  response.writeHead(problem.statusCode, {
    'content-type': problemMediaType,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
