import { createServer } from 'node:http';
import { Pool } from 'undici';

/**
 * The least that a proxy on Node can do, for comparison with the gateway: `node:http` and undici with the gateway's pool
 * settings, all headers passed on as they are, no other duty. Run as `PORT=… node proxy.main.ts <upstream>`.
 */
const [upstream = ''] = process.argv.slice(2);
const pool = new Pool(upstream, { connections: 256, pipelining: 1, allowH2: false });

createServer((request, response) => {
  const fail = (): void => void response.writeHead(502).end();
  pool.dispatch(
    { path: request.url ?? '/', method: 'GET', headers: request.rawHeaders.slice() },
    {
      onRequestStart: () => undefined,
      onResponseStart(controller, status) {
        const raw = (controller.rawHeaders ?? []) as Buffer[];
        response.writeHead(
          status,
          raw.map((part) => part.toString('latin1')),
        );
      },
      onResponseData: (_controller, chunk) => void response.write(chunk),
      onResponseEnd: () => void response.end(),
      onResponseError: fail,
    },
  );
}).listen(Number(process.env.PORT), '127.0.0.1');
