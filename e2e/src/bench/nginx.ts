import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@gospelib/processes';
import { answers } from './server.process.ts';

export interface Nginx {
  readonly origin: string;
  stop(): Promise<void>;
}

/** A plain reverse proxy before `upstream` for comparison; undefined where nginx is not installed. */
export async function startNginx(upstream: string): Promise<Nginx | undefined> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'gospelib-nginx-'));
  await writeFile(join(folder, 'nginx.conf'), config(folder, port, new URL(upstream).host));
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'], {
    stdio: 'ignore',
  });
  const failed = await Promise.race([
    once(child, 'error').then(() => true),
    once(child, 'spawn').then(() => false),
  ]);
  const cleanUp = () => rm(folder, { recursive: true, force: true });
  if (failed) {
    await cleanUp();
    return undefined;
  }
  const origin = `http://127.0.0.1:${port}`;
  await answers(`${origin}/health`);
  return {
    origin,
    async stop() {
      const closed = once(child, 'exit');
      child.kill('SIGTERM');
      await closed;
      await cleanUp();
    },
  };
}

function config(folder: string, port: number, upstream: string): string {
  return `daemon off;
worker_processes 2;
pid ${folder}/nginx.pid;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  upstream content { server ${upstream}; keepalive 64; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://content;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }
  }
}
`;
}
