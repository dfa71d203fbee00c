/** Lets the service worker keep what is read. Waits until the page is done, so that it never delays a first visit. */
export function registerWorker(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const register = () => {
    navigator.serviceWorker.register('/service-worker.js').catch((error: unknown) => {
      console.warn('Pages cannot be kept for reading offline.', error);
    });
  };
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
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
