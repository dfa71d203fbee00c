import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../account.ts';
import { sendPatiently, type Tally } from './patient.client.ts';
import type { Random } from './random.ts';

const kinds = ['notes', 'highlights', 'bookmarks', 'collections'] as const;
type Kind = (typeof kinds)[number];

/** A thing as the service acknowledged it last. */
interface Item {
  readonly id: string;
  readonly version: number;
  readonly [property: string]: unknown;
}

/** A reader who writes, and knows what was acknowledged. */
export class Writer {
  readonly #account: Account;
  readonly #random: Random;
  readonly #tally: Tally;
  /** What there must be, and must not be any more. */
  readonly #kept = new Map<string, { kind: Kind; item: Item }>();
  readonly #deleted = new Set<string>();
  /** Writes that were acknowledged. */
  acknowledged = 0;

  constructor(account: Account, random: Random, tally: Tally) {
    this.#account = account;
    this.#random = random;
    this.#tally = tally;
  }

  /** Writes one thing after the other, with short pauses, while `wanted` says so. */
  async write(wanted: () => boolean): Promise<void> {
    while (wanted()) {
      // Now and then a page is opened anew and has no token yet.
      if (this.#random.next() < 0.02) this.#account.dropToken();
      const draw = this.#random.next();
      const known = [...this.#kept.values()];
      if (known.length < 5 || draw < 0.55) await this.#create();
      else if (draw < 0.85) await this.#change(this.#random.pick(known));
      else await this.#delete(this.#random.pick(known));
      await sleep(this.#random.between(0, 10));
    }
  }

  /** What differs between what was acknowledged and what is there. */
  async compare(): Promise<string[]> {
    const { status, text } = await this.#account.ask('/api/v1/study/export');
    if (status !== 200) return [`the export answered ${status}: ${text}`];
    const lines = text.trim().split('\n');
    const all = lines.map((line) => JSON.parse(line) as Item & { type: string });
    if (all.at(-1)?.type !== 'end') return ['the export was cut off'];
    const items = all.filter(({ id }) => id !== undefined);
    const there = new Map(items.map((item) => [item.id, item]));
    const faults: string[] = [];
    if (there.size !== items.length) faults.push('an id is there twice');
    for (const [id, { kind, item }] of this.#kept) {
      const found = there.get(id);
      if (found === undefined) faults.push(`${kind} ${id} was acknowledged and is lost`);
      else if (canonical(found) !== canonical({ ...item, type: kind.slice(0, -1) })) {
        faults.push(`${kind} ${id} is ${canonical(found)}, acknowledged was ${canonical(item)}`);
      }
    }
    for (const id of there.keys()) {
      if (this.#deleted.has(id)) faults.push(`${id} was deleted and is there again`);
      else if (!this.#kept.has(id)) faults.push(`${id} was done twice, or was never acknowledged`);
    }
    return faults;
  }

  async #create(): Promise<void> {
    const kind = this.#random.pick(kinds);
    if (this.#random.next() < 0.5) {
      await this.#send(kind, 'POST', `/${kind}`, this.#content(kind), {});
    } else {
      const path = `/${kind}/${randomUUIDv7()}`;
      await this.#send(kind, 'PUT', path, this.#content(kind), { 'if-none-match': '*' });
    }
  }

  async #change({ kind, item }: { kind: Kind; item: Item }): Promise<void> {
    const match = { 'if-match': `"${item.version}"` };
    await this.#send(kind, 'PUT', `/${kind}/${item.id}`, this.#content(kind), match);
  }

  async #delete({ kind, item }: { kind: Kind; item: Item }): Promise<void> {
    const match = { 'if-match': `"${item.version}"` };
    if (await this.#send(kind, 'DELETE', `/${kind}/${item.id}`, undefined, match)) {
      this.#kept.delete(item.id);
      this.#deleted.add(item.id);
    }
  }

  async #send(
    kind: Kind,
    method: string,
    path: string,
    content: object | undefined,
    conditions: Record<string, string>,
  ): Promise<boolean> {
    const headers = {
      ...conditions,
      'idempotency-key': randomUUID(),
      ...(content && { 'content-type': 'application/json' }),
    };
    const body = content && { body: JSON.stringify(content) };
    const request = { method, headers, ...body };
    const answer = await sendPatiently(this.#account, `/api/v1/study${path}`, request, this.#tally);
    if (answer.status >= 300) return false;
    this.acknowledged += 1;
    const item = answer.json<Item>();
    this.#kept.set(item.id, { kind, item });
    return true;
  }

  /** Different each time, so that whatever is written twice is seen. */
  #content(kind: Kind): object {
    const verse = this.#random.between(1, 40);
    const mark = randomUUID();
    const passage = `alma.32.${verse}`;
    switch (kind) {
      case 'notes':
        return { passage, body: `${mark} see Alma 32:${verse}`, tags: [mark] };
      case 'highlights':
        return { passage, color: this.#random.pick(['yellow', 'green', 'blue']), tags: [mark] };
      case 'bookmarks':
        return { passage, label: mark };
      case 'collections':
        return { title: mark, items: [{ passage }] };
    }
  }
}

/** What a client and an export both say of a thing: not what is derived from it, nor whether it is shared. */
function canonical({ mentions: _, link: __, ...item }: Record<string, unknown>): string {
  return JSON.stringify(Object.entries(item).sort(([a], [b]) => a.localeCompare(b)));
}
