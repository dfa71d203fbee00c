/** Limits the memory per connection, should statements be assembled at run time. */
const most = 1000;

/**
 * Names under which each connection prepares a statement once: parsing and planning a small statement costs the server
 * more than running it. Undefined beyond a thousand texts: those are sent unprepared.
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
