import { isPersonal } from '../service-worker/personal.address.ts';

/** The first seconds of a visit belong to the page. */
const AFTER_LOAD = 3_000;

/** Lets the service worker keep what is read. */
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

/** What was read before the worker stood ready passes through it once more; the browser itself still has it. */
function keepWhatWasRead(): void {
  for (const { name } of performance.getEntriesByType('resource')) {
    const { origin, pathname } = new URL(name);
    const kept = origin === location.origin && pathname.startsWith('/api/v1/');
    if (kept && !isPersonal(pathname)) fetch(name).catch(() => undefined);
  }
}

/** After a new release, the pieces of the page's old release may be gone: one reload brings the new one. */
export function reloadOnMissingPiece(): void {
  const key = 'gospelib.reloaded';
  addEventListener('vite:preloadError', (event) => {
    if (!navigator.onLine || Date.now() - Number(sessionStorage.getItem(key)) < 60_000) return;
    sessionStorage.setItem(key, String(Date.now()));
    event.preventDefault();
    location.reload();
  });
}
