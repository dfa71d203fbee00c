import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Turn, WorkBudget } from './work.budget.ts';

let budget: WorkBudget;
/** Who went, and who was refused, in order. */
let events: string[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  events = [];
  const share = { perSecond: 100, burst: 200, debt: 400, patienceMs: 5000 };
  budget = new WorkBudget({ ...share, now: () => Date.now() });
});
afterEach(() => vi.useRealTimers());

function ask(key: string, name = key): Turn {
  const turn = budget.enter(key);
  turn.start((refused) =>
    events.push(refused ? `${name} refused, ${refused.extras.retryAfter}` : name),
  );
  return turn;
}

it('lets an account have what it asks for while it takes little', () => {
  for (const turn of [ask('a'), ask('a'), ask('a')]) turn.served(60);
  ask('a');
  expect(events).toEqual(['a', 'a', 'a', 'a']);
});

it('makes an account that took more than its share wait, and nobody else', () => {
  ask('a').served(500);
  const waiting = [ask('a', 'second'), ask('a', 'third')];
  ask('b');
  expect(events).toEqual(['a', 'b']);
  // Of the 300 ms beyond the burst a second gives back 100.
  vi.advanceTimersByTime(2999);
  expect(events).toEqual(['a', 'b']);
  vi.advanceTimersByTime(1);
  expect(events).toEqual(['a', 'b', 'second']);
  // One after the other, and each when what the one before it took has been given back.
  vi.advanceTimersByTime(1000);
  expect(events).toHaveLength(3);
  waiting[0]?.served(150);
  expect(events).toHaveLength(3);
  vi.advanceTimersByTime(500);
  expect(events).toEqual(['a', 'b', 'second', 'third']);
});

it('lets a page open at once, and no account have more than 24 requests with the services', () => {
  const turns = Array.from({ length: 30 }, () => ask('a'));
  expect(events).toHaveLength(24);
  turns[0]?.served(0);
  expect(events).toHaveLength(25);
});

it('lets one at a time through when half of what may be taken at once is taken', () => {
  ask('a').served(150);
  const second = ask('a', 'second');
  ask('a', 'third');
  expect(events).toEqual(['a', 'second']);
  second.served(10);
  expect(events).toEqual(['a', 'second', 'third']);
});

it('refuses what waited for too long, and says when to come again', () => {
  ask('a').served(1000);
  const second = ask('a', 'second');
  ask('a', 'third');
  // However much was taken, four seconds give back what counts of it.
  vi.advanceTimersByTime(4000);
  expect(events).toEqual(['a', 'second']);
  second.served(300);
  vi.advanceTimersByTime(1000);
  expect(events).toEqual(['a', 'second', 'third refused, 2']);
});

it('leaves out who went away while waiting', () => {
  ask('a').served(250);
  ask('a', 'gone').end(0);
  ask('a', 'third');
  vi.advanceTimersByTime(5000);
  expect(events).toEqual(['a', 'third']);
});

it('no account takes more than its share in the long run, however it asks', () => {
  let taken = 0;
  const again = (): void => {
    const turn = budget.enter('a');
    turn.start((refused) => {
      setTimeout(() => {
        if (refused) {
          turn.end(0);
          again();
          return;
        }
        taken += 70;
        turn.served(70);
        turn.end(0);
        again();
      }, 70);
    });
  };
  for (let i = 0; i < 8; i += 1) again();
  vi.advanceTimersByTime(60_000);
  expect(taken).toBeGreaterThan(60 * 100);
  expect(taken).toBeLessThan(200 + 8 * 70 + 60 * 100 + 70);
});

it('forgets who took nothing lately', () => {
  const turn = ask('a');
  turn.served(100);
  turn.end(0);
  vi.advanceTimersByTime(999);
  ask('b').end(0);
  expect(budget.size).toBe(2);
  vi.advanceTimersByTime(1);
  ask('b').end(0);
  expect(budget.size).toBe(1);
});
