/** Texts put together at run time must not fill the memory of every connection. */
const most = 1000;

/**
 * Names under which each connection prepares a statement, once: parsing and planning a small one costs the server more
 * than running it. Undefined beyond a thousand texts: those are sent as they are.
 */
export class StatementNames {
  readonly #names = new Map<string, string>();

  of(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= most) return known;
    const name = `s${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}
