import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';

const TITLE = '<title>GospeLib</title>';

/** The page of the build, read again when the build replaced it. */
export class PageFile {
  readonly #path: string;
  #changed = 0;
  #parts: readonly [string, string] | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * The page with these elements in place of its title; undefined while it is not built.
   * @throws Error when it has no title to replace
   */
  async with(head: string): Promise<{ html: string; etag: string } | undefined> {
    const parts = await this.#read();
    if (!parts) return undefined;
    const html = parts.join(head);
    return {
      html,
      etag: `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`,
    };
  }

  async #read(): Promise<readonly [string, string] | undefined> {
    const found = await stat(this.#path).catch(() => undefined);
    if (!found) return undefined;
    if (!this.#parts || found.mtimeMs !== this.#changed) {
      const [before, after, ...more] = (await readFile(this.#path, 'utf8')).split(TITLE);
      if (before === undefined || after === undefined || more.length > 0) {
        throw new Error(`${this.#path} must have ${TITLE} exactly once.`);
      }
      this.#parts = [before, after];
      this.#changed = found.mtimeMs;
    }
    return this.#parts;
  }
}
