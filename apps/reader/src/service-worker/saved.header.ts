/** Marks an answer that the service worker took from its cache because the server was unreachable. */
export const SAVED_HEADER = 'x-gospelib-saved';
