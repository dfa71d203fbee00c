import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Mail, MailSender } from './mail.sender.ts';

/** Delays between attempts to send one mail, ms. */
const retries = [1_000, 5_000, 20_000] as const;
const longestQueue = 500;

/**
 * Sends mails independently of the requests that cause them, so that no response time reveals whether a mail was sent.
 * A mail lost with the process is no harm: its recipient can request every link again.
 */
export class MailQueue {
  readonly #sender: MailSender;
  readonly #log: FastifyBaseLogger;
  readonly #waits: readonly number[];
  readonly #underWay = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  constructor(sender: MailSender, log: FastifyBaseLogger, waits: readonly number[] = retries) {
    this.#sender = sender;
    this.#log = log;
    this.#waits = waits;
  }

  post(mail: Mail): void {
    if (this.#underWay.size >= longestQueue) {
      this.#log.error({ subject: mail.subject }, 'mail dropped: too many are waiting');
      return;
    }
    const delivery = this.#deliver(mail).finally(() => this.#underWay.delete(delivery));
    this.#underWay.add(delivery);
  }

  /** Waits for mails being sent; drops those that wait for another attempt. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#underWay);
    this.#sender.close();
  }

  async #deliver(mail: Mail): Promise<void> {
    for (const pause of [...this.#waits, undefined]) {
      try {
        await this.#sender.send(mail);
        return;
      } catch (error) {
        const fields = { ...faultOf(error), subject: mail.subject };
        if (pause === undefined || this.#closing.signal.aborted) {
          this.#log.error(fields, 'mail lost');
          return;
        }
        this.#log.warn(fields, 'mail not accepted, will be tried again');
        await wait(pause, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      }
    }
  }
}

/** The fault without its message, in which servers repeat the address. */
function faultOf(error: unknown): { code: unknown; responseCode: unknown } {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  return { code, responseCode };
}
