import { encodeCpu, encodeHeap, ProfileSession, SourceLines } from '@gospelib/profiles';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ProblemError } from '../problem/problem.error.ts';
import type { Service } from '../service/service.types.ts';

const longest = 60;

/**
 * Profiles in pprof's format where Go programs have theirs, so that Alloy and `go tool pprof` pull them. Nothing is
 * sampled until somebody asks.
 * @param allowed who may ask; everybody else learns nothing of the addresses
 */
export function profileRoutes(app: Service, allowed: (request: FastifyRequest) => boolean): void {
  const session = new ProfileSession();
  const lines = new SourceLines();
  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());
  app.addHook('onClose', async () => session.close());
  app.register(async (scope: Service) => {
    scope.addHook('onRequest', async (request) => {
      if (!allowed(request)) throw new ProblemError('no-such-route');
    });
    const schema = {
      hide: true,
      querystring: z.object({ seconds: z.coerce.number().int().min(1).max(longest).default(10) }),
    };
    scope.get('/debug/pprof/profile', { schema }, async (request, reply) => {
      const { seconds } = request.query;
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const over = AbortSignal.any([gone.signal, closing.signal]);
      const profile = await session.recordCpu(seconds, over);
      if (profile === undefined) {
        throw new ProblemError('unavailable', 'Another profile is being recorded.', {
          retryAfter: seconds,
        });
      }
      const took = (profile.endTime - profile.startTime) / 1e6;
      return sendProfile(reply, await encodeCpu(profile, lines, took));
    });
    scope.get('/debug/pprof/heap', { schema: { hide: true } }, async (_request, reply) =>
      sendProfile(reply, await encodeHeap(await session.sampleHeap(), lines)),
    );
  });
}

function sendProfile(
  reply: { header(name: string, value: string): unknown; send(body: Buffer): unknown },
  profile: Buffer,
): unknown {
  reply.header('content-type', 'application/octet-stream');
  reply.header('cache-control', 'no-store');
  return reply.send(profile);
}
