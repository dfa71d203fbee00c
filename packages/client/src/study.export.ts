import type { ImportResponse } from '@gospelib/contracts';
import { NetworkError } from './client.errors.ts';
import { apiUrl, getBlob, sendFile } from './client.request.ts';
import type { CallOptions, ClientOptions } from './client.ts';

/** The most characters of the last line, which holds a type and a number. */
const LONGEST_END = 200;

/**
 * Fetches everything a reader made, one JSON value per line (`ExportLine` of the contracts).
 * @throws {NetworkError} also when it was truncated: the last line marks it as complete
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
 * Imports an export: all of it, or nothing when a line is wrong. Existing items stay as they are.
 * @param key the same for every attempt with one file: 8 to 64 letters, digits, - or _
 */
export function importStudy(
  { baseUrl, fetch: send = fetch }: ClientOptions,
  file: Blob,
  key: string,
): Promise<ImportResponse> {
  const headers = { 'content-type': 'application/x-ndjson', 'idempotency-key': key };
  return sendFile(send, apiUrl(baseUrl, ['study', 'import']), file, headers);
}
