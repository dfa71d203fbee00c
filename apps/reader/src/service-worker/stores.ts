/** What was read, as the API gave it; the number changes when its shape does. */
export const API_STORE = 'gospelib-api-1';
/** Faces that only some pages need. */
export const FONT_STORE = 'gospelib-fonts-1';
/** Chapters, connections and words together; about 10 MB. */
const API_ENTRIES = 600;

/** Keeps an answer of the API, the newest last, and lets go of the oldest ones. */
export async function keepAnswer(request: Request, response: Response): Promise<void> {
  const store = await caches.open(API_STORE);
  await store.delete(request);
  await store.put(request, response);
  const keys = await store.keys();
  await Promise.all(keys.slice(0, -API_ENTRIES).map((key) => store.delete(key)));
}
