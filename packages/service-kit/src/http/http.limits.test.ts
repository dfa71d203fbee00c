import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { baseConfig } from '../config/base.config.ts';
import { defineConfig } from '../config/define.config.ts';
import { createService } from '../service/create.service.ts';
import type { Service } from '../service/service.types.ts';
import type { HttpLimits } from './http.limits.ts';

let app: Service;
afterEach(() => app.close());

async function listen(limits: Partial<HttpLimits>): Promise<number> {
  app = await createService({
    name: 'trial',
    version: '1',
    config: defineConfig(baseConfig, { PORT: '23000', LOG_LEVEL: 'silent' }),
    limits,
  });
  app.get('/large', (_request, reply) => reply.send(Buffer.alloc(64 * 1024 * 1024)));
  return Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
}

it('answers 408 to a head that does not arrive', async () => {
  const port = await listen({ headersTimeoutMs: 200, requestTimeoutMs: 400 });
  const socket = connect(port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ');
  const answer = await new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
  });
  expect(answer).toContain('HTTP/1.1 408');
  expect(answer).toContain('/problems/request-timeout');
});

it('lets go of a caller that does not read', async () => {
  const port = await listen({ silenceTimeoutMs: 300 });
  const socket = connect(port, '127.0.0.1').pause();
  socket.on('error', () => undefined);
  socket.write('GET /large HTTP/1.1\r\nHost: a\r\n\r\n');
  const openConnections = (): Promise<number> =>
    new Promise((resolve, reject) =>
      app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
  await expect.poll(openConnections).toBe(1);
  await expect.poll(openConnections).toBe(0);
  socket.destroy();
});
