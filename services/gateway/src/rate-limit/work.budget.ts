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

/** What an account took and has not been given again. */
interface Account {
  /** Milliseconds of work at `at`; less by the share with every second. */
  taken: number;
  at: number;
  /** Requests that are not over, and those of them that are with a service. */
  open: number;
  running: number;
  /** Starts those that wait, the first one first. */
  readonly line: (() => void)[];
  timer: NodeJS.Timeout | undefined;
}

/** So many of an account's requests may be with a service at once, also of those whose caller is gone. */
const mostRunning = 24;

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
    const account = this.#accountOf(key);
    account.open += 1;
    let state: 'waiting' | 'running' | 'over' = 'waiting';
    let patience: NodeJS.Timeout | undefined;
    let begin = (): void => undefined;
    const stop = (): void => {
      clearTimeout(patience);
      if (state === 'running') account.running -= 1;
      else if (account.line.includes(begin)) account.line.splice(account.line.indexOf(begin), 1);
      state = 'over';
      this.#serve(account);
    };
    return {
      start: (go) => {
        begin = () => {
          clearTimeout(patience);
          state = 'running';
          account.running += 1;
          go();
        };
        if (account.line.length === 0 && this.#mayGo(account)) {
          begin();
          return;
        }
        account.line.push(begin);
        patience = setTimeout(() => {
          stop();
          go(this.#refusal(account));
        }, this.#share.patienceMs);
        this.#serve(account);
      },
      served: (ms) => {
        this.#take(account, ms);
        stop();
      },
      end: (ms) => {
        this.#take(account, ms);
        account.open -= 1;
        stop();
      },
    };
  }

  /** Lets those in line go who may. When something runs, its end is the next occasion; else the time is. */
  #serve(account: Account): void {
    clearTimeout(account.timer);
    while (account.line.length > 0 && this.#mayGo(account)) account.line.shift()?.();
    if (account.line.length === 0 || account.running > 0) return;
    account.timer = setTimeout(() => this.#serve(account), this.#waitOf(account));
  }

  #mayGo(account: Account): boolean {
    if (this.#waitOf(account) > 0) return false;
    return account.running < (account.taken > this.#share.burst / 2 ? 1 : mostRunning);
  }

  #take(account: Account, ms: number): void {
    const now = this.#now();
    const given = ((now - account.at) * this.#share.perSecond) / 1000;
    const { burst, debt } = this.#share;
    account.taken = Math.min(Math.max(0, account.taken - given) + ms, burst + debt);
    account.at = now;
  }

  /** Whole milliseconds until something of the account may go. */
  #waitOf(account: Account): number {
    this.#take(account, 0);
    const { perSecond, burst } = this.#share;
    return Math.max(0, Math.ceil(((account.taken - burst) * 1000) / perSecond));
  }

  #refusal(account: Account): ProblemError {
    const retryAfter = Math.max(1, Math.ceil(this.#waitOf(account) / 1000));
    const detail = `What this account asked for took long, and its share of the work is used up; try again in ${retryAfter} s.`;
    return new ProblemError('too-many-requests', detail, { retryAfter });
  }

  #accountOf(key: string): Account {
    const fresh = { taken: 0, at: this.#now(), open: 0, running: 0, line: [], timer: undefined };
    const account: Account = this.#accounts.get(key) ?? fresh;
    this.#accounts.delete(key);
    this.#forgetRested();
    this.#accounts.set(key, account);
    return account;
  }

  /** Those at the front that took nothing lately: who is forgotten is as good as new. */
  #forgetRested(): void {
    for (const [key, account] of this.#accounts) {
      this.#take(account, 0);
      if (account.open > 0 || account.taken > 0) return;
      this.#accounts.delete(key);
    }
  }
}
