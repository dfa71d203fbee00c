import type { HTTPMethods } from 'fastify';
import findMyWay, { type HTTPMethod } from 'find-my-way';

/** The methods of each address, to distinguish a wrong method (405) from an unknown address (404). */
export class AllowedMethods {
  readonly #router = findMyWay({ ignoreTrailingSlash: false });
  readonly #methods = new Set<HTTPMethod>();

  add(methods: HTTPMethods | readonly HTTPMethods[], url: string): void {
    for (const name of typeof methods === 'string' ? [methods] : methods) {
      const method = name as HTTPMethod;
      if (this.#router.hasRoute(method, url)) continue;
      this.#methods.add(method);
      this.#router.on(method, url, () => undefined);
    }
  }

  /** The sorted methods of an address (path with or without query); empty for an unknown address. */
  of(url: string): string[] {
    return [...this.#methods].filter((method) => this.#router.find(method, url) !== null).sort();
  }
}
