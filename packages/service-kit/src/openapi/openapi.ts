import swagger from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { CachedBody, sendCached } from '../http/cached.body.ts';
import type { Service } from '../service/service.types.ts';
import { describeAnswers } from './openapi.answers.ts';

export interface OpenApiOptions {
  /** Where it is served, e.g. `/api/v1/openapi.json`. */
  path: string;
  title: string;
  description: string;
  version: string;
}

/** Serves the OpenAPI 3.1 description of the routes registered after this call; `schema.hide` leaves one out. */
export async function serveOpenApi(app: Service, options: OpenApiOptions): Promise<void> {
  const { path, title, description, version } = options;
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title, description, version } },
    transform: jsonSchemaTransform,
    transformObject: (document) => describeAnswers(jsonSchemaTransformObject(document)),
  });
  let body: CachedBody | undefined;
  app.get(path, { schema: { hide: true } }, (request, reply) => {
    body ??= new CachedBody(JSON.stringify(app.swagger()), {
      etag: `W/"${version}"`,
      cacheControl: 'public, max-age=300',
    });
    return sendCached(request, reply, body);
  });
}
