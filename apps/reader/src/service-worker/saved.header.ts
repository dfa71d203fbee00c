/** Marks an answer that the service worker took from its store because the library could not be reached. */
export const SAVED_HEADER = 'x-gospelib-saved';
