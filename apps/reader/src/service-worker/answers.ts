import { SAVED_HEADER } from './saved.header.ts';
import { API_STORE, FONT_STORE, keepAnswer } from './stores.ts';

/** How long to wait for the network before a saved copy is used, ms. */
const NETWORK_TIMEOUT = 4_000;
/** Answers not saved: typed text is rarely requested twice, and would push out what was read. */
const NOT_KEPT = /^\/api\/v1\/(?:search|resolve|openapi\.json|topics$|words$)/;
/** The gateway answers, but the service behind it does not. */
const AWAY = new Set([502, 503, 504]);

async function fetchInTime(request: Request): Promise<Response> {
  return fetch(request, {
    signal: AbortSignal.any([request.signal, AbortSignal.timeout(NETWORK_TIMEOUT)]),
  });
}

/** Pages come from the network, so that a new release is seen at once; offline, the saved shell is used. */
export async function answerPage(request: Request, shellStore: string): Promise<Response> {
  const shell = () => caches.match('/', { cacheName: shellStore });
  try {
    const response = await fetchInTime(request);
    return AWAY.has(response.status) ? ((await shell()) ?? response) : response;
  } catch {
    return (await shell()) ?? fetch(request);
  }
}

/** Uses the network if possible; otherwise a saved copy, which is marked as one. */
export async function answerApi(event: FetchEvent, path: string): Promise<Response> {
  const { request } = event;
  if (NOT_KEPT.test(path)) return fetch(request);
  const saved = () => caches.match(request, { cacheName: API_STORE, ignoreVary: true });
  try {
    const response = await fetchInTime(request);
    if (AWAY.has(response.status)) return markSaved(await saved()) ?? response;
    if (response.ok) event.waitUntil(keepAnswer(request, response.clone()));
    return response;
  } catch (error) {
    request.signal.throwIfAborted();
    const copy = markSaved(await saved());
    if (copy) return copy;
    // A slow network is better than none.
    if (error instanceof DOMException && error.name === 'TimeoutError') return fetch(request);
    throw error;
  }
}

function markSaved(response: Response | undefined): Response | undefined {
  if (!response) return undefined;
  const headers = new Headers(response.headers);
  headers.set(SAVED_HEADER, '1');
  return new Response(response.body, { status: response.status, headers });
}

/** Files of the shell have a hash in their name, so a copy is always right. */
export async function answerAsset(event: FetchEvent, shellStore: string): Promise<Response> {
  const { request } = event;
  for (const cacheName of [shellStore, FONT_STORE]) {
    const copy = await caches.match(request, { cacheName, ignoreVary: true });
    if (copy) return copy;
  }
  const response = await fetch(request);
  if (response.ok && request.destination === 'font') {
    const copy = response.clone();
    event.waitUntil(caches.open(FONT_STORE).then((store) => store.put(request, copy)));
  }
  return response;
}
