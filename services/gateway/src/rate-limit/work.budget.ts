import { ProblemError } from '@gospelib/service-kit';

/** The share of an account that may take so many milliseconds in a second. */
export function shareOf(perSecond: number): WorkShare {
  return { perSecond, burst: 10 * perSecond, debt: 4 * perSecond, patienceMs: 5000 };
}

export interface WorkShare {
  /** Milliseconds of the services' work that one account may take in a second, on average. */
  perSecond: number;
  /** What it may take at once after it took little, ms. */
  burst: number;
  /**
   * The most that is counted beyond the burst, ms: whoever takes much by one request, such as an import, or is answered
   * slowly by a slow machine, waits so long at most.
   */
  debt: number;
  /** How long a request may wait for its turn, ms. */
  patienceMs: number;
  /** A clock in milliseconds; for tests. */
  now?: () => number;
}

/** One request of an account. */
export interface Turn {
  /** @param go called when it is its turn, at once or later, or with the problem when it waited for too long */
  start(go: (refused?: ProblemError) => void): void;
  /** It is with no service any more: the next in line may go. @param ms what it took */
  served(ms: number): void;
  /** It is over, served or not. @param ms what it took besides; once */
  end(ms: number): void;
}

/** So many of an account's requests may be with a service at once, also of those whose caller is gone. */
const mostRunning = 24;

/** What an account took and has not been given again, and its requests. */
class Account {
  readonly #share: WorkShare;
  readonly #now: () => number;
  /** Milliseconds of work at `#at`; less by the share with every second. */
  #taken = 0;
  #at: number;
  /** Requests that are not over, and those of them that are with a service. */
  open = 0;
  #running = 0;
  /** Those that wait, the first one first. */
  readonly #line: AccountTurn[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(share: WorkShare, now: () => number) {
    this.#share = share;
    this.#now = now;
    this.#at = now();
  }

  /** Who is forgotten then is as good as new. */
  get isRested(): boolean {
    if (this.open > 0) return false;
    this.take(0);
    return this.#taken === 0;
  }

  /** @returns how long the turn may wait, ms; undefined when it has begun */
  begin(turn: AccountTurn): number | undefined {
    if (this.#line.length === 0 && this.#mayGo()) {
      this.#running += 1;
      turn.begin();
      return undefined;
    }
    this.#line.push(turn);
    this.#serve();
    return this.#share.patienceMs;
  }

  take(ms: number): void {
    const now = this.#now();
    const given = ((now - this.#at) * this.#share.perSecond) / 1000;
    const { burst, debt } = this.#share;
    this.#taken = Math.min(Math.max(0, this.#taken - given) + ms, burst + debt);
    this.#at = now;
  }

  /** A turn is no longer with a service: the next in line may go. */
  stopped(): void {
    this.#running -= 1;
    this.#serve();
  }

  /** A turn waits no longer. */
  leave(turn: AccountTurn): void {
    const place = this.#line.indexOf(turn);
    if (place >= 0) this.#line.splice(place, 1);
    this.#serve();
  }

  refusal(): ProblemError {
    const retryAfter = Math.max(1, Math.ceil(this.#waitMs() / 1000));
    const detail = `What this account asked for took long, and its share of the work is used up; try again in ${retryAfter} s.`;
    return new ProblemError('too-many-requests', detail, { retryAfter });
  }

  /** Lets those in line go who may. When something runs, its end is the next occasion; else the time is. */
  #serve(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#line.length > 0 && this.#mayGo()) {
      this.#running += 1;
      this.#line.shift()?.begin();
    }
    if (this.#line.length === 0 || this.#running > 0) return;
    this.#timer = setTimeout(() => this.#serve(), this.#waitMs());
  }

  #mayGo(): boolean {
    if (this.#waitMs() > 0) return false;
    return this.#running < (this.#taken > this.#share.burst / 2 ? 1 : mostRunning);
  }

  /** Whole milliseconds until something of the account may go. */
  #waitMs(): number {
    this.take(0);
    const { perSecond, burst } = this.#share;
    return Math.max(0, Math.ceil(((this.#taken - burst) * 1000) / perSecond));
  }
}

class AccountTurn implements Turn {
  readonly #account: Account;
  #state: 'waiting' | 'running' | 'over' = 'waiting';
  #go: ((refused?: ProblemError) => void) | undefined;
  #patience: NodeJS.Timeout | undefined;

  constructor(account: Account) {
    this.#account = account;
    account.open += 1;
  }

  start(go: (refused?: ProblemError) => void): void {
    this.#go = go;
    const patienceMs = this.#account.begin(this);
    if (patienceMs === undefined || this.#state !== 'waiting') return;
    this.#patience = setTimeout(() => {
      this.#stop();
      go(this.#account.refusal());
    }, patienceMs);
  }

  /** Called by the account. */
  begin(): void {
    if (this.#patience !== undefined) clearTimeout(this.#patience);
    this.#state = 'running';
    this.#go?.();
  }

  served(ms: number): void {
    this.#account.take(ms);
    this.#stop();
  }

  end(ms: number): void {
    this.#account.open -= 1;
    this.served(ms);
  }

  #stop(): void {
    const state = this.#state;
    this.#state = 'over';
    if (state === 'running') this.#account.stopped();
    else if (state === 'waiting') {
      if (this.#patience !== undefined) clearTimeout(this.#patience);
      this.#account.leave(this);
    }
  }
}

/**
 * A budget of work for each account, however cheap its requests look: a token bucket of milliseconds, paid from when
 * they are known. Once half of what it may take at once is taken, the account's requests go one after the other, and
 * when all of it is, they wait; in a line of their own, so nobody else waits for them.
 */
export class WorkBudget {
  readonly #share: WorkShare;
  readonly #now: () => number;
  /** Who was there longest ago is first. */
  readonly #accounts = new Map<string, Account>();

  constructor(share: WorkShare) {
    this.#share = share;
    this.#now = share.now ?? (() => performance.now());
  }

  /** The number of accounts in memory. */
  get size(): number {
    return this.#accounts.size;
  }

  /** Takes a place for a request of an account; it waits until `start`. */
  enter(key: string): Turn {
    const account = this.#accounts.get(key) ?? new Account(this.#share, this.#now);
    this.#accounts.delete(key);
    this.#forgetRested();
    this.#accounts.set(key, account);
    return new AccountTurn(account);
  }

  /** Those at the front that took nothing lately. */
  #forgetRested(): void {
    for (const [key, account] of this.#accounts) {
      if (!account.isRested) return;
      this.#accounts.delete(key);
    }
  }
}
