import type { Problem } from '@gospelib/contracts';
import { ApiError, NetworkError, SignedOutError } from './client.errors.ts';

/** Query parameters: undefined ones are left out, lists are joined by commas. */
export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** Builds a URL below `/api/v1`; every path segment is encoded. */
export function apiUrl(baseUrl: string, path: readonly string[], query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    search.set(name, typeof value === 'object' ? value.join(',') : String(value));
  }
  const tail = search.size > 0 ? `?${search}` : '';
  return `${baseUrl}/api/v1/${path.map(encodeURIComponent).join('/')}${tail}`;
}

/** Options of a request that changes something. */
export type SendOptions = {
  /** Sent as JSON; by default the request has no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Fetches JSON.
 * @throws {ApiError} when the server answers with an error status
 * @throws {NetworkError} when no usable answer arrives
 * @throws the signal's reason when the caller aborts
 */
export async function getJson<T>(
  send: typeof fetch,
  url: string,
  signal: AbortSignal | undefined,
): Promise<T> {
  const response = await exchange(send, url, signal ? { signal } : {}, signal);
  return attempt(() => response.json() as Promise<T>, signal);
}

/**
 * Fetches a file unchanged.
 * @throws what `getJson` throws
 */
export async function getBlob(
  send: typeof fetch,
  url: string,
  signal: AbortSignal | undefined,
): Promise<Blob> {
  const response = await exchange(send, url, signal ? { signal } : {}, signal);
  return attempt(() => response.blob(), signal);
}

/**
 * Sends JSON and returns the JSON of the answer; undefined when the server answers 204.
 * @throws what `getJson` throws
 */
export async function sendJson<T>(
  send: typeof fetch,
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  { body, headers = {}, signal }: SendOptions = {},
): Promise<T> {
  const init: RequestInit = { method, headers };
  if (signal) init.signal = signal;
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { 'content-type': 'application/json', ...headers };
  }
  const response = await exchange(send, url, init, signal);
  if (response.status === 204) return undefined as T;
  return attempt(() => response.json() as Promise<T>, signal);
}

/**
 * Sends a file unchanged and returns the JSON of the answer.
 * @throws what `getJson` throws
 */
export async function sendFile<T>(
  send: typeof fetch,
  url: string,
  file: Blob,
  headers: Readonly<Record<string, string>>,
): Promise<T> {
  const response = await exchange(send, url, { method: 'POST', body: file, headers }, undefined);
  return attempt(() => response.json() as Promise<T>, undefined);
}

async function exchange(
  send: typeof fetch,
  url: string,
  init: RequestInit,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const response = await attempt(() => send(url, init), signal);
  if (!response.ok) {
    throw new ApiError(await readProblem(response), readRetryAfter(response));
  }
  return response;
}

async function attempt<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    if (isOwn(error)) throw error;
    throw new NetworkError('The library could not be reached.', error);
  }
}

/** True for errors of this package: a `fetch` that adds a token may throw them itself. */
function isOwn(error: unknown): boolean {
  return [ApiError, NetworkError, SignedOutError].some((kind) => error instanceof kind);
}

/** A proxy's error page is no problem document; then the status has to do. */
async function readProblem(response: Response): Promise<Problem> {
  const bare: Problem = {
    type: 'about:blank',
    title: response.statusText || `Status ${response.status}`,
    status: response.status,
  };
  if (!response.headers.get('content-type')?.includes('json')) return bare;
  try {
    return { ...bare, ...((await response.json()) as Partial<Problem>), status: response.status };
  } catch {
    return bare;
  }
}

function readRetryAfter(response: Response): number | undefined {
  const value = response.headers.get('retry-after');
  return value !== null && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}
