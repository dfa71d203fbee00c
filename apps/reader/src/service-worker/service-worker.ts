import { answerApi, answerAsset, answerPage } from './answers.ts';
import { isPersonal } from './personal.address.ts';
import { API_STORE, FONT_STORE } from './stores.ts';

declare const self: ServiceWorkerGlobalScope;
/** Written by the build: the files of the shell, and a version that changes with any of them. */
declare const __SHELL_FILES__: readonly string[];
declare const __SHELL_VERSION__: string;

const shellStore = `gospelib-shell-${__SHELL_VERSION__}`;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(shellStore)
      .then((store) => store.addAll(__SHELL_FILES__))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  const wanted = new Set([shellStore, API_STORE, FONT_STORE]);
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => !wanted.has(name)).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (isPersonal(url.pathname)) return;
  if (request.mode === 'navigate') event.respondWith(answerPage(request, shellStore));
  else if (url.pathname.startsWith('/api/v1/')) event.respondWith(answerApi(event, url.pathname));
  else event.respondWith(answerAsset(event, shellStore));
});
