import { describe, expect, it, vi } from 'vitest';
import { type Memory, parseMemory, type SessionAccount } from './session.memory.ts';
import { SessionStore } from './session.store.ts';

const author: SessionAccount = { id: 'user-1', name: 'Author' };
const stranger: SessionAccount = { id: 'user-2', name: 'Stranger' };

/** Tabs of one browser: each receives the others' messages, and all share what is remembered. */
function browser(remembered?: Memory) {
  const memory = { account: remembered };
  const tabs: EventTarget[] = [];
  return {
    memory,
    openTab(): SessionStore {
      const tab = new EventTarget();
      tabs.push(tab);
      const postMessage = (data: unknown) => {
        for (const other of tabs) {
          if (other !== tab) other.dispatchEvent(new MessageEvent('message', { data }));
        }
      };
      return new SessionStore({
        read: () => memory.account,
        write: (account) => {
          memory.account = account;
        },
        channel: Object.assign(tab, { postMessage }) as unknown as BroadcastChannel,
      });
    },
  };
}

it('knows from the first moment who was signed in, and that nobody was', () => {
  expect(browser(author).openTab().current).toEqual({ state: 'signed-in', account: author });
  expect(browser().openTab().current).toEqual({ state: 'signed-out' });
});

it('remembers id and name, and nothing else of the account', () => {
  const { memory, openTab } = browser();
  openTab().signedIn({ ...author, email: 'author@example.org' } as SessionAccount);
  expect(memory.account).toEqual(author);
});

it('tells every tab of a sign-in, a sign-out and another reader', () => {
  const { memory, openTab } = browser();
  const [here, there] = [openTab(), openTab()];
  const changed = vi.fn();
  there.subscribe(changed);
  here.signedIn(author);
  expect(there.current.account).toEqual(author);
  here.signedIn(stranger);
  expect(there.current.account).toEqual(stranger);
  here.signedOut();
  expect(there.current).toEqual({ state: 'signed-out' });
  expect(memory.account).toBeUndefined();
  expect(changed).toHaveBeenCalledTimes(3);
});

it('says nothing where nothing changed', () => {
  const tab = browser(author).openTab();
  const changed = vi.fn();
  tab.subscribe(changed);
  tab.signedIn({ ...author });
  expect(changed).not.toHaveBeenCalled();
});

describe('asking', () => {
  const lost = () => Promise.reject(new Error('no answer'));

  it.each([
    ['nobody was known', undefined, async () => stranger, stranger],
    ['another reader was known', author, async () => stranger, stranger],
    ['the session has ended', author, async () => undefined, undefined],
    ['nobody is there', undefined, async () => undefined, undefined],
    ['no answer comes, to who was known', author, lost, author],
    ['no answer comes, and nobody was known', undefined, lost, undefined],
  ])('%s', async (_case, known, ask, found) => {
    const tab = browser(known).openTab();
    const asked = tab.confirm(ask);
    expect(tab.current.state).toBe(known ? 'signed-in' : 'unknown');
    await asked;
    expect(tab.current.account).toEqual(found);
    expect(tab.current.state).toBe(found ? 'signed-in' : 'signed-out');
  });

  it('does not undo what happened before the answer came', async () => {
    const tab = browser(author).openTab();
    const answer = Promise.withResolvers<SessionAccount | undefined>();
    const asked = tab.confirm(() => answer.promise);
    tab.signedOut();
    answer.resolve(author);
    await asked;
    expect(tab.current.state).toBe('signed-out');
  });
});

it('remembers until the browser is closed who wants no more, also when the name changes', () => {
  const { memory, openTab } = browser();
  const tab = openTab();
  tab.signedIn(author, true);
  tab.signedIn({ ...author, name: 'Mara' });
  expect(memory.account).toEqual({ ...author, name: 'Mara', whileOpen: true });
  tab.signedIn(author, false);
  expect(memory.account).toEqual(author);
  tab.signedIn(stranger);
  expect(memory.account).toEqual(stranger);
});

it('makes every tab forget a deleted account', () => {
  const { openTab } = browser(author);
  const [here, there] = [openTab(), openTab()];
  const forgotten = [vi.fn(), vi.fn()];
  here.onAccountDeleted(forgotten[0] ?? vi.fn());
  there.onAccountDeleted(forgotten[1] ?? vi.fn());
  here.deleted(author.id);
  for (const forget of forgotten) expect(forget).toHaveBeenCalledExactlyOnceWith(author.id);
  expect([here.current.state, there.current.state]).toEqual(['signed-out', 'signed-out']);
});

it.each([[null], ['{'], ['null'], ['[]'], ['{"id":"a b","name":"x"}'], ['{"id":"a"}']])(
  '%s is nobody',
  (saved) => expect(parseMemory(saved)).toBeUndefined(),
);

it.each([author, { ...author, whileOpen: true }])('reads who was saved: %o', (memory) =>
  expect(parseMemory(JSON.stringify(memory))).toEqual(memory),
);
