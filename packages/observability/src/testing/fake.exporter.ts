import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `/metrics` with what a test sets. Counters go on by themselves, so that rates are what the test says. */
export class FakeExporter {
  readonly #server: Server;
  readonly #levels = new Map<string, () => number>();

  constructor() {
    this.#server = createServer((_request, response) => {
      const lines = [...this.#levels].map(([series, value]) => `${series} ${value()}`);
      response.end(`${lines.join('\n')}\n`);
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  set(series: string, value: number | (() => number)): void {
    this.#levels.set(series, typeof value === 'number' ? () => value : value);
  }

  /** Counts up from where it is, by `perSecond`. */
  count(series: string, perSecond: number): void {
    const from = this.#levels.get(series)?.() ?? 0;
    const since = performance.now();
    this.#levels.set(series, () => from + (perSecond * (performance.now() - since)) / 1000);
  }

  remove(series: string): void {
    this.#levels.delete(series);
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
