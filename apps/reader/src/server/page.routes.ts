import { sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import { ProblemError } from '@gospelib/service-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { describePage } from './page.ts';

/** Where the build puts files; every other address, `/map/alma.32.21` too, is a page. */
const FILE = /^\/(?:assets\/)?[\w-]+(?:\.[\w-]+)+$/;
const FOREVER = 'public, max-age=31536000, immutable';

/**
 * Files as the build made them, compressed ahead, and the page itself for every address that a browser navigates to.
 * Files under `assets` carry a hash in their name and never change; everything else is asked for anew each time.
 */
export async function pageRoutes(
  app: FastifyInstance,
  { folder }: { readonly folder: string },
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

  app.get('/*', (request, reply) => {
    const path = new URL(request.url, 'http://reader').pathname;
    if (FILE.test(path)) return reply.sendFile(path.slice(1));
    if (!wantsPage(request)) throw new ProblemError('not-found', 'There is no such file.');
    const { status, preload } = describePage(path);
    reply.code(status);
    if (preload.length > 0) reply.header('link', preload.map(preloadLink).join(', '));
    return reply.sendFile('index.html');
  });
}

/** Browsers say what an answer is for; whoever says nothing gets a page unless it asks for something else. */
function wantsPage({ headers }: FastifyRequest): boolean {
  const purpose = headers['sec-fetch-dest'] ?? 'document';
  if (purpose !== 'document' && purpose !== 'empty') return false;
  const accept = headers.accept ?? '*/*';
  return accept.includes('text/html') || accept.includes('*/*');
}

/** The browser then fetches what the page will ask for while the script is still on its way. */
function preloadLink(url: string): string {
  return `<${url}>; rel=preload; as=fetch; crossorigin=anonymous`;
}
