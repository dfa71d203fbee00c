import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What is sent; `fetch` would refuse some of its headers, and costs as much as the platform it would measure. */
export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** The address of this machine to ask from (127.x.y.z): limits count by address. */
  readonly from?: string;
  readonly agent?: Agent;
  /** Milliseconds until it is given up. */
  readonly timeout?: number;
  /** The first answer, also when it says to come again (503), as a very busy machine may. */
  readonly once?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
  /** Parsed, whatever it is. */
  json<T>(): T;
}

const shared = new Agent({ keepAlive: true });

/** A request that is told to come again is repeated for a minute. */
const REPEATS = 120;
const REPEAT_AFTER_MS = 500;

/** A request and its whole answer. Rejects when there is none. Redirects are not followed. */
export async function ask(url: string, options: Ask = {}): Promise<Answer> {
  for (let repeats = 0; ; repeats += 1) {
    const answer = await askOnce(url, options);
    if (answer.status !== 503 || options.once === true || repeats === REPEATS) return answer;
    await sleep(REPEAT_AFTER_MS);
  }
}

function askOnce(url: string, options: Ask): Promise<Answer> {
  const { method = 'GET', headers, body, from, agent = shared, timeout = 60_000 } = options;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method,
        agent,
        timeout,
        family: 4,
        // As it stands: a URL would put `/../` right before anybody could see it.
        path: url.slice(url.indexOf('/', 'http://'.length)),
        headers: { ...headers },
        ...(from && { localAddress: from }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve(new Answered(response.statusCode ?? 0, response.headers, Buffer.concat(chunks))),
        );
      },
    );
    sent.on('timeout', () => sent.destroy(new Error(`no answer in ${timeout} ms`)));
    sent.on('error', reject);
    if (body !== undefined) sent.setHeader('content-length', Buffer.byteLength(body));
    sent.end(body);
  });
}

class Answered implements Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;

  constructor(status: number, headers: IncomingHttpHeaders, body: Buffer) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  get text(): string {
    return this.body.toString();
  }

  json<T>(): T {
    return JSON.parse(this.text) as T;
  }
}
