import type { Service } from '@gospelib/service-kit';
import { expect } from 'vitest';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  /** Parsed JSON; undefined without a body. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever an answer holds
  body: any;
  setCookies: string[];
}

/** A browser at one address: keeps cookies and says where its requests come from. */
export class Browser {
  readonly cookies = new Map<string, string>();
  app: Service;
  readonly #origin: string;
  readonly #address: string;

  constructor(app: Service, origin: string, address: string) {
    this.app = app;
    this.#origin = origin;
    this.#address = address;
  }

  get(url: string, status?: number): Promise<Answer> {
    return this.send('GET', url, undefined, {}, status);
  }

  post(url: string, body: object, status?: number): Promise<Answer> {
    return this.send('POST', url, body, {}, status);
  }

  patch(url: string, body: object, status?: number): Promise<Answer> {
    return this.send('PATCH', url, body, {}, status);
  }

  delete(url: string, body?: object, status?: number): Promise<Answer> {
    return this.send('DELETE', url, body, {}, status);
  }

  async send(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT',
    url: string,
    body: object | undefined,
    headers: Record<string, string | undefined>,
    status?: number,
  ): Promise<Answer> {
    const sent: Record<string, string | undefined> = {
      'user-agent': 'Test browser',
      'x-forwarded-for': this.#address,
      ...(method !== 'GET' && { origin: this.#origin, 'sec-fetch-site': 'same-origin' }),
      ...(this.cookies.size > 0 && { cookie: this.#cookieHeader() }),
      ...headers,
    };
    const response = await this.app.inject({
      method,
      url,
      headers: Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)),
      ...(body && { payload: body }),
    });
    const set = response.headers['set-cookie'] ?? [];
    const setCookies = typeof set === 'string' ? [set] : set;
    for (const line of setCookies) this.#keep(line);
    if (status !== undefined && response.statusCode !== status) {
      expect.fail(`${method} ${url} answered ${response.statusCode}: ${response.body}`);
    }
    return {
      status: response.statusCode,
      headers: response.headers,
      body: response.body === '' ? undefined : response.json(),
      setCookies,
    };
  }

  #cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (attributes.some((text) => /^max-age=0$/i.test(text))) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(at + 1));
  }
}
