import { isPersonal } from '../service-worker/personal.address.ts';

/** Delay after loading, ms: the page itself comes first. */
const AFTER_LOAD = 3_000;

/** Registers the service worker, which saves what is read. */
export function registerWorker(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  if (!navigator.serviceWorker.controller) {
    navigator.serviceWorker.addEventListener('controllerchange', keepWhatWasRead, { once: true });
  }
  const register = () => {
    navigator.serviceWorker.register('/service-worker.js').catch((error: unknown) => {
      console.warn('Pages cannot be kept for reading offline.', error);
    });
  };
  const wait = () => setTimeout(register, AFTER_LOAD);
  if (document.readyState === 'complete') wait();
  else addEventListener('load', wait, { once: true });
}

/** Requests again what was read before the worker was ready, so that it is saved; the browser's cache answers. */
function keepWhatWasRead(): void {
  for (const { name } of performance.getEntriesByType('resource')) {
    const { origin, pathname } = new URL(name);
    const kept = origin === location.origin && pathname.startsWith('/api/v1/');
    if (kept && !isPersonal(pathname)) fetch(name).catch(() => undefined);
  }
}

/** After a new release, chunks of the page's old release may be gone: one reload fetches the new release. */
export function reloadOnMissingPiece(): void {
  const key = 'gospelib.reloaded';
  addEventListener('vite:preloadError', (event) => {
    if (!navigator.onLine || Date.now() - Number(sessionStorage.getItem(key)) < 60_000) return;
    sessionStorage.setItem(key, String(Date.now()));
    event.preventDefault();
    location.reload();
  });
}
