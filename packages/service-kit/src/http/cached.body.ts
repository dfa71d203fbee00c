import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { chooseEncoding, type Encoding } from './accept.encoding.ts';

export interface CachedBodyOptions {
  /** The quoted validator, e.g. `W/"v1-gen.1"`; weak, for one body has several encodings. */
  etag: string;
  /** e.g. `public, max-age=300, stale-while-revalidate=86400`. */
  cacheControl: string;
  /** Default `application/json; charset=utf-8`. */
  contentType?: string;
}

/** Below this a compressed body saves no packet. */
const smallestCompressed = 1024;

/** An answer whose bytes are made once and served many times; compressed forms are made when first asked for, then kept. */
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

  /** Bytes held at most, once every form has been made: what a cache bounded in bytes should count. */
  get weight(): number {
    const plain = this.#forms.identity.length;
    return plain < smallestCompressed ? plain : Math.ceil(plain * 1.6);
  }

  /** The form for an Accept-Encoding header, and which it is. */
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

/** Answers with a cached body: 304 when If-None-Match names it, else 200 in the best encoding the client accepts. */
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

/** Weak comparison (RFC 9110 §8.8.3.2) of If-None-Match with an ETag. */
function matches(condition: string, etag: string): boolean {
  if (condition === etag || condition === '*') return true;
  const opaque = etag.replace(/^W\//, '');
  return condition.split(',').some((one) => one.trim().replace(/^W\//, '') === opaque);
}
