import { createHash } from 'node:crypto';
import swagger from '@fastify/swagger';
import { securitySchemes } from '@gospelib/contracts';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { CachedBody, sendCached } from '../http/cached.body.ts';
import type { Service } from '../service/service.types.ts';
import { describeAnswers } from './openapi.answers.ts';

export interface OpenApiOptions {
  /** Where it is served, e.g. `/api/v1/openapi.json`. */
  path: string;
  title: string;
  description: string;
}

/** Serves the OpenAPI 3.1 description of the routes registered after this call; `schema.hide` leaves one out. */
export async function serveOpenApi(
  app: Service,
  options: OpenApiOptions & { version: string },
): Promise<void> {
  const { path, title, description, version } = options;
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, description, version },
      components: { securitySchemes },
      // What no guard claims is open to everybody.
      security: [],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => describeAnswers(jsonSchemaTransformObject(document)),
  });
  let body: CachedBody | undefined;
  app.get(path, { schema: { hide: true } }, (request, reply) => {
    body ??= cachedDocument(JSON.stringify(app.swagger()));
    return sendCached(request, reply, body);
  });
}

/** Validated by its content: the description may change while the version stays. */
function cachedDocument(text: string): CachedBody {
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 16);
  return new CachedBody(text, { etag: `W/"${digest}"`, cacheControl: 'public, max-age=300' });
}
