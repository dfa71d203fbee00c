import type { ImportResponse } from '@gospelib/contracts';
import { NetworkError } from './client.errors.ts';
import { apiUrl, getBlob, sendFile } from './client.request.ts';
import type { CallOptions, ClientOptions } from './client.ts';

/** The last line is short: it has a type and a number. */
const LONGEST_END = 200;

/**
 * Fetches everything that a reader made, one JSON value a line (`ExportLine` of the contracts).
 * @throws {NetworkError} also when it was cut off on its way: its last line says that it is whole
 */
export async function exportStudy(
  { baseUrl, fetch: send = fetch }: ClientOptions,
  { signal }: CallOptions = {},
): Promise<Blob> {
  const file = await getBlob(send, apiUrl(baseUrl, ['study', 'export']), signal);
  const end = await file.slice(-LONGEST_END).text();
  const last = end.trimEnd().split('\n').at(-1) ?? '';
  if (end.endsWith('\n') && last.startsWith('{"type":"end"')) return file;
  throw new NetworkError('The export was cut off on its way.', undefined);
}

/**
 * Brings an export back: all of it, or nothing where a line is wrong; what is there already stays as it is.
 * @param key the same for each attempt with one file: 8 to 64 letters, digits, - or _
 */
export function importStudy(
  { baseUrl, fetch: send = fetch }: ClientOptions,
  file: Blob,
  key: string,
): Promise<ImportResponse> {
  const headers = { 'content-type': 'application/x-ndjson', 'idempotency-key': key };
  return sendFile(send, apiUrl(baseUrl, ['study', 'import']), file, headers);
}
