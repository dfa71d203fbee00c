import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { chooseEncoding, type Encoding } from './accept.encoding.ts';

export interface CachedBodyOptions {
  /** The quoted validator, e.g. `W/"v1-gen.1"`; weak, since one body has several encodings. */
  etag: string;
  /** e.g. `public, max-age=300, stale-while-revalidate=86400`. */
  cacheControl: string;
  /** Default `application/json; charset=utf-8`. */
  contentType?: string;
}

/** Compressing a smaller body saves no packet, bytes. */
const smallestCompressed = 1024;

/** An answer that is built once and served many times. Compressed forms are made on first request and kept. */
export class CachedBody {
  readonly etag: string;
  readonly cacheControl: string;
  readonly contentType: string;
  readonly #forms: Partial<Record<Encoding, Buffer>> & { identity: Buffer };

  constructor(body: string | Uint8Array, options: CachedBodyOptions) {
    this.#forms = { identity: typeof body === 'string' ? Buffer.from(body) : Buffer.from(body) };
    this.etag = options.etag;
    this.cacheControl = options.cacheControl;
    this.contentType = options.contentType ?? 'application/json; charset=utf-8';
  }

  /** The most bytes held once every form was made: the size that a cache with a byte limit should count. */
  get weight(): number {
    const plain = this.#forms.identity.length;
    return plain < smallestCompressed ? plain : Math.ceil(plain * 1.6);
  }

  /** The body for an Accept-Encoding header, and its encoding. */
  negotiate(acceptEncoding: string | undefined): { encoding: Encoding; bytes: Buffer } {
    const plain = this.#forms.identity;
    if (plain.length < smallestCompressed) return { encoding: 'identity', bytes: plain };
    const encoding = chooseEncoding(acceptEncoding);
    let bytes = this.#forms[encoding];
    if (bytes === undefined) {
      bytes = compress(plain, encoding);
      this.#forms[encoding] = bytes;
    }
    return { encoding, bytes };
  }
}

function compress(plain: Buffer, encoding: Encoding): Buffer {
  if (encoding === 'gzip') return gzipSync(plain, { level: 6 });
  return brotliCompressSync(plain, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
    },
  });
}

/** Answers with a cached body: 304 if If-None-Match names it, else 200 in the best encoding that the client accepts. */
export function sendCached(
  request: FastifyRequest,
  reply: FastifyReply,
  body: CachedBody,
): FastifyReply {
  reply
    .header('etag', body.etag)
    .header('cache-control', body.cacheControl)
    .header('vary', 'Accept-Encoding');
  const condition = request.headers['if-none-match'];
  if (condition !== undefined && matches(condition, body.etag)) return reply.code(304).send();
  const { encoding, bytes } = body.negotiate(request.headers['accept-encoding']);
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  return reply.header('content-type', body.contentType).send(bytes);
}

/** Compares If-None-Match weakly with an ETag (RFC 9110 §8.8.3.2). */
function matches(condition: string, etag: string): boolean {
  if (condition === etag || condition === '*') return true;
  const opaque = etag.replace(/^W\//, '');
  return condition.split(',').some((one) => one.trim().replace(/^W\//, '') === opaque);
}
