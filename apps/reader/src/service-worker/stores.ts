/** Answers of the API; the number changes with their format. */
export const API_STORE = 'gospelib-api-1';
/** Fonts that only some pages need. */
export const FONT_STORE = 'gospelib-fonts-1';
/** Chapters, connections and words together; about 10 MB. */
const API_ENTRIES = 600;

/** Saves an answer of the API as the newest, and removes the oldest ones. */
export async function keepAnswer(request: Request, response: Response): Promise<void> {
  const store = await caches.open(API_STORE);
  await store.delete(request);
  await store.put(request, response);
  const keys = await store.keys();
  await Promise.all(keys.slice(0, -API_ENTRIES).map((key) => store.delete(key)));
}
