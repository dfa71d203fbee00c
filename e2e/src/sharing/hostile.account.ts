import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const study = '/api/v1/study';
const ndjson = { 'content-type': 'application/x-ndjson' };

/** How much of each a hostile account does at the same time. */
export interface Hostility {
  /** Requests of each kind that are repeated without a pause. */
  readonly repeated: number;
  /** Downloads that are read slowly, and as many uploads that are sent slowly. */
  readonly slow: number;
}

export interface HostileOrders extends Hostility {
  readonly origin: string;
  readonly token: string;
  readonly cookie: string;
  /** The address to ask from. */
  readonly from: string;
}

/** What it asks for over and over: whatever costs the platform most. */
const costly = [
  `${study}/search?q=a+b+c+d+e+f+g+h`,
  `${study}/search?q=fai+hop+cha+lov+bel+kno+see+wor`,
  `${study}/notes?limit=50`,
  `${study}/tags`,
  '/api/v1/account/export',
  '/api/v1/graph/alma.32.21?depth=3&limit=300',
] as const;

/** An account that does whatever takes most from others, all at once, until it is stopped. */
export class HostileAccount {
  readonly #orders: HostileOrders;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  readonly #work: Promise<unknown>[] = [];
  #stopped = false;
  /** Answers so far, by status; 0: none. */
  readonly answers = new Map<number, number>();

  constructor(orders: HostileOrders) {
    this.#orders = orders;
  }

  start(): void {
    const { repeated, slow } = this.#orders;
    for (const path of costly) {
      for (let i = 0; i < repeated; i += 1) {
        this.#work.push(this.#again(async () => (await this.#ask(path)).statusCode ?? 0));
      }
    }
    for (let i = 0; i < slow; i += 1) {
      this.#work.push(this.#again(() => this.#slowDownload()));
      this.#work.push(this.#again(() => this.#slowUpload()));
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#agent.destroy();
    await Promise.all(this.#work);
  }

  async #again(once: () => Promise<number>): Promise<void> {
    while (!this.#stopped) {
      const status = await once().catch(() => 0);
      this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
      // A refusal costs nothing; even somebody hostile gains nothing by asking for it at the full speed of a loop.
      if (status === 0 || status >= 400) await sleep(20);
    }
  }

  async #ask(path: string): Promise<IncomingMessage> {
    const response = await this.#open(this.#sent('GET', path, {}).end());
    await once(response.resume(), 'close');
    return response;
  }

  /** Reads an export a few bytes at a time. */
  async #slowDownload(): Promise<number> {
    const response = await this.#open(this.#sent('GET', `${study}/export`, {}).end());
    response.pause();
    while (!this.#stopped && !response.closed) {
      response.read(100);
      await sleep(100);
    }
    response.destroy();
    return response.statusCode ?? 0;
  }

  /** Sends an import a line at a time. */
  async #slowUpload(): Promise<number> {
    const headers = { ...ndjson, 'idempotency-key': randomUUID() };
    const sent = this.#sent('POST', `${study}/import`, headers);
    const answered = this.#open(sent);
    answered.catch(() => undefined);
    sent.write('{"type":"gospelib-study","format":1}\n');
    while (!this.#stopped && !sent.closed && !sent.writableFinished) {
      const done = await Promise.race([answered.then(() => true), sleep(100).then(() => false)]);
      if (done) break;
      sent.write(' ');
    }
    if (this.#stopped) sent.destroy();
    const response = await answered;
    response.resume();
    sent.destroy();
    return response.statusCode ?? 0;
  }

  #sent(method: string, path: string, headers: Record<string, string>): ClientRequest {
    const { origin, token, cookie, from } = this.#orders;
    return request(origin + path, {
      method,
      agent: this.#agent,
      family: 4,
      localAddress: from,
      headers: { authorization: `Bearer ${token}`, cookie, ...headers },
    });
  }

  #open(sent: ClientRequest): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      sent
        .on('response', resolve)
        .on('error', reject)
        .on('close', () => reject(new Error('closed')));
    });
  }
}

const words =
  'faith hope charity love believe know seed word tree fruit heart mind strength grace'.split(' ');

/** An export of notes of 60 KB, each of other words. */
export function longNotes(count: number): string {
  const now = new Date().toISOString();
  const lines = Array.from({ length: count }, (_, i) => {
    let body = `Note ${i}:`;
    for (let n = 0; body.length < 60_000; n += 1) {
      body += ` ${words[(i + n * n) % words.length]}${(i * n) % 997}`;
    }
    const stored = { id: randomUUIDv7(), version: Date.now(), createdAt: now, updatedAt: now };
    const content = { passage: 'alma.32.21', body, tags: [`tag ${i % 40}`] };
    return JSON.stringify({ type: 'note', ...stored, ...content });
  });
  const head = '{"type":"gospelib-study","format":1}';
  return `${[head, ...lines, `{"type":"end","lines":${count}}`].join('\n')}\n`;
}
