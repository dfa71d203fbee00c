import { access } from 'node:fs/promises';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import { ProblemError } from '@gospelib/service-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PageFile } from './page.file.ts';
import { describePage } from './page.ts';
import { headOf } from './page.words.ts';

/** Paths of built files; every other path, even `/map/alma.32.21`, is a page. */
const FILE = /^\/(?:assets\/)?[\w-]+(?:\.[\w-]+)+$/;
const FOREVER = 'public, max-age=31536000, immutable';

/**
 * Serves the files of the build, precompressed, and the page itself for every address that a browser navigates to,
 * with the title and the description of that address.
 * Files under `assets` have a hash in their name and never change; all others are revalidated each time.
 */
export async function pageRoutes(
  app: FastifyInstance,
  { folder, head }: { readonly folder: string; readonly head: string },
): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const hashed = path.startsWith(`${folder}${sep}assets${sep}`);
      reply.header('cache-control', hashed ? FOREVER : 'no-cache');
    },
  });

  const file = new PageFile(join(folder, 'index.html'));
  const isThere = (file: string): Promise<boolean> =>
    access(join(folder, file)).then(
      () => true,
      () => false,
    );

  app.get('/*', async (request, reply) => {
    const { pathname: path, searchParams: query } = new URL(request.url, 'http://reader');
    if (FILE.test(path)) {
      if (await isThere(path)) return reply.sendFile(path.slice(1));
      throw new ProblemError('not-found', 'There is no such file.');
    }
    if (!wantsPage(request)) throw new ProblemError('not-found', 'There is no such file.');
    const { status, preload, words } = describePage(path, query);
    const page = await file.with(headOf(words) + head);
    if (!page) {
      throw new ProblemError('unavailable', 'The pages are being built.', { retryAfter: 5 });
    }
    reply.headers({ 'cache-control': 'no-cache', etag: page.etag });
    if (preload.length > 0) reply.header('link', preload.map(preloadLink).join(', '));
    if (request.headers['if-none-match']?.includes(page.etag)) return reply.code(304).send();
    // A page is one whole: a part of it is of no use to anybody.
    reply.code(status).type('text/html; charset=utf-8').header('accept-ranges', 'none');
    return reply.send(page.html);
  });
}

/** Browsers state the purpose of a request; other clients get a page unless they ask for another type. */
function wantsPage({ headers }: FastifyRequest): boolean {
  const purpose = headers['sec-fetch-dest'] ?? 'document';
  if (purpose !== 'document' && purpose !== 'empty') return false;
  const accept = headers.accept ?? '*/*';
  return accept.includes('text/html') || accept.includes('*/*');
}

/** Lets the browser fetch the page's first data while the script is still loading. */
function preloadLink(url: string): string {
  return `<${url}>; rel=preload; as=fetch; crossorigin=anonymous`;
}
