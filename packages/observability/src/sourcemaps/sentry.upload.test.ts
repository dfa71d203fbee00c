import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { platform } from '@gospelib/platform';
import { scratchFolder } from '@gospelib/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { mappedPrograms, type SentryProject, uploadProgram } from './sentry.upload.ts';

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: Response;
}

const { content } = platform.services;
const services = { ...(content && { content }) };
const map = JSON.stringify({ version: 3, sources: ['../src/app.ts'], mappings: 'AAAA' });
const program = 'console.log(1)\n//# sourceMappingURL=main.js.map\n';

let server: Server;
let received: Received[];
let answers: number[];
let sentry: SentryProject;
let root: string;

beforeEach(async () => {
  received = [];
  answers = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { headers, url = '' } = request;
      const type = { 'content-type': headers['content-type'] ?? '' };
      const body = new Response(new Uint8Array(Buffer.concat(chunks)), { headers: type });
      received.push({ path: url, headers, body });
      response.writeHead(answers.shift() ?? 201).end('{"detail": "why"}');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  sentry = { url, organization: 'ours', project: 'gospelib', token: 'secret' };
  root = scratchFolder();
  const folder = join(root, content?.folder ?? '', 'dist');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '../package.json'), '{"version": "0.1.0"}');
  writeFileSync(join(folder, 'main.js'), program);
  writeFileSync(join(folder, 'main.js.map'), map);
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

it('a release gets its program and map, under the paths that stacks name', async () => {
  const [one] = mappedPrograms(root, { services }, 'abc123');
  if (one === undefined) throw new Error('There is no program.');
  expect(one.release).toBe('content@0.1.0+abc123'); // as sentry.reporter.ts sends errors
  await uploadProgram(sentry, one);
  const [release, ...files] = received;
  expect(release?.path).toBe('/api/0/organizations/ours/releases/');
  expect(await release?.body.json()).toEqual({ version: one.release, projects: ['gospelib'] });
  expect(files.map(({ path }) => path)).toEqual(
    Array(2).fill('/api/0/projects/ours/gospelib/releases/content%400.1.0%2Babc123/files/'),
  );
  const forms = await Promise.all(files.map(({ body }) => body.formData()));
  expect(forms.map((form) => form.get('name'))).toEqual(['/app/main.js', '/app/main.js.map']);
  const contents = forms.map((form) => (form.get('file') as File).text());
  expect(await Promise.all(contents)).toEqual([program, map]);
  expect(new Set(received.map(({ headers }) => headers.authorization))).toEqual(
    new Set(['Bearer secret']),
  );
});

it('what is there already is left, and what Sentry refuses is told without the token', async () => {
  const [one] = mappedPrograms(root, { services }, 'abc123');
  if (one === undefined) throw new Error('There is no program.');
  answers = [208, 409, 409];
  await uploadProgram(sentry, one);
  expect(received.length).toBe(3);
  answers = [403];
  const refused = await uploadProgram(sentry, one).catch((error: Error) => error);
  expect(String(refused)).toMatch(/answers 403 to POST .*why/);
  expect(JSON.stringify(refused)).not.toContain('secret');
  server.close();
  server.closeAllConnections();
  await expect(uploadProgram(sentry, one)).rejects.toThrow('does not answer');
});

it('a service that is not built is named before anything is sent', () => {
  const { study } = platform.services;
  const all = { services: { ...services, ...(study && { study }) } };
  expect(() => mappedPrograms(root, all, 'abc123')).toThrow(/There is no .*study\/dist\/main\.js/);
});
