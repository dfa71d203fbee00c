/** Beyond it readers have gone. */
const TIMEOUT_MS = 5_000;

/** What a reader does, by address below the origin, and what the answer has to hold. */
const steps = [
  { does: 'the gateway is ready', path: '/ready', holds: '' },
  { does: 'a page is served', path: '/', holds: '<html' },
  { does: 'a chapter is read', path: '/api/v1/chapters/alma.32', holds: '"verses":[{' },
  { does: 'a word is searched', path: '/api/v1/search?q=faith', holds: '"hits":[{' },
] as const;

/** Reads as a reader does, through the gateway. @returns what did not work; undefined: all did */
export async function readAsReader(origin: string): Promise<string | undefined> {
  for (const { does, path, holds } of steps) {
    try {
      const response = await fetch(new URL(path, origin), {
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { accept: path.startsWith('/api') ? 'application/json' : 'text/html' },
      });
      const text = await response.text();
      if (response.status !== 200) return `not so: ${does} (status ${response.status})`;
      if (!text.includes(holds)) return `not so: ${does} (an answer without ${holds})`;
    } catch (error) {
      const { cause, message } = error as Error & { cause?: Error };
      return `not so: ${does} (${cause?.message || message})`;
    }
  }
  return undefined;
}
