import type { IncomingHttpHeaders } from 'node:http';
import type { Transform } from 'node:stream';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import { chooseEncoding } from '@gospelib/service-kit';

const compressible =
  /^(?:text\/(?!event-stream)|application\/(?:[\w.+-]*json|[\w.+-]*xml|javascript|wasm))|^image\/svg\+xml/;

/** Compressing a smaller body saves no packet, bytes. */
const smallest = 1024;

export type Compression = 'br' | 'gzip';

/**
 * Whether and how to compress an answer that its service did not compress; undefined leaves it as it is.
 * @param length of the body in bytes, when all of it is here; otherwise the headers count
 */
export function chooseCompression(
  status: number,
  headers: Readonly<IncomingHttpHeaders>,
  length: number | undefined,
  acceptEncoding: string | undefined,
): Compression | undefined {
  if (acceptEncoding === undefined || status !== 200) return undefined;
  if (headers['content-encoding'] !== undefined) return undefined;
  if (!compressible.test(headers['content-type'] ?? '')) return undefined;
  if ((length ?? Number(headers['content-length'] ?? smallest)) < smallest) return undefined;
  if (headers['cache-control']?.includes('no-transform')) return undefined;
  const encoding = chooseEncoding(acceptEncoding);
  return encoding === 'identity' ? undefined : encoding;
}

/** Fast settings: services compress what is requested often by themselves, well and only once. */
export function createCompressor(compression: Compression): Transform {
  if (compression === 'gzip') return createGzip({ level: 5 });
  return createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
}

/** Headers of an upstream that are wrong for the compressed body. */
export const changedByCompression: ReadonlySet<string> = new Set([
  'content-length',
  'accept-ranges',
  'etag',
]);

/**
 * The headers that replace them. The bytes are no longer those of the validator, so it becomes weak (RFC 9110
 * §8.8.3.3).
 */
export function compressedHeaders(
  compression: Compression,
  headers: Readonly<IncomingHttpHeaders>,
): string[] {
  const out = ['content-encoding', compression];
  if (!headers.vary?.toLowerCase().includes('accept-encoding')) out.push('vary', 'Accept-Encoding');
  const { etag } = headers;
  if (etag !== undefined) out.push('etag', etag.startsWith('W/') ? etag : `W/${etag}`);
  return out;
}
