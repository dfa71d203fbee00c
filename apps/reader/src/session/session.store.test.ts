import { expect, it, vi } from 'vitest';
import { parseAccount, type SessionAccount } from './session.memory.ts';
import { SessionStore } from './session.store.ts';

const ruth: SessionAccount = { id: 'user-1', name: 'Ruth' };
const boaz: SessionAccount = { id: 'user-2', name: 'Boaz' };

/** Tabs of one browser: each hears what the others tell, and all share what is remembered. */
function browser(remembered?: SessionAccount) {
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
        remember: (account) => {
          memory.account = account;
        },
        channel: Object.assign(tab, { postMessage }) as unknown as BroadcastChannel,
      });
    },
  };
}

it('knows from the first moment who was signed in, and that nobody was', () => {
  expect(browser(ruth).openTab().current).toEqual({ state: 'signed-in', account: ruth });
  expect(browser().openTab().current).toEqual({ state: 'signed-out' });
});

it('remembers id and name, and nothing else of the account', () => {
  const { memory, openTab } = browser();
  openTab().signedIn({ ...ruth, email: 'ruth@example.org' } as SessionAccount);
  expect(memory.account).toEqual(ruth);
});

it('tells every tab of a sign-in, a sign-out and another reader', () => {
  const { memory, openTab } = browser();
  const [here, there] = [openTab(), openTab()];
  const changed = vi.fn();
  there.subscribe(changed);
  here.signedIn(ruth);
  expect(there.current.account).toEqual(ruth);
  here.signedIn(boaz);
  expect(there.current.account).toEqual(boaz);
  here.signedOut();
  expect(there.current).toEqual({ state: 'signed-out' });
  expect(memory.account).toBeUndefined();
  expect(changed).toHaveBeenCalledTimes(3);
});

it('says nothing where nothing changed', () => {
  const tab = browser(ruth).openTab();
  const changed = vi.fn();
  tab.subscribe(changed);
  tab.signedIn({ ...ruth });
  tab.unanswered();
  tab.asking();
  expect(changed).not.toHaveBeenCalled();
});

it('is unknown only while asking with nothing remembered', () => {
  const tab = browser().openTab();
  tab.asking();
  expect(tab.current.state).toBe('unknown');
  tab.unanswered();
  expect(tab.current.state).toBe('signed-out');
});

it('makes every tab forget a deleted account', () => {
  const { openTab } = browser(ruth);
  const [here, there] = [openTab(), openTab()];
  const forgotten = [vi.fn(), vi.fn()];
  here.onAccountDeleted(forgotten[0] ?? vi.fn());
  there.onAccountDeleted(forgotten[1] ?? vi.fn());
  here.deleted(ruth.id);
  for (const forget of forgotten) expect(forget).toHaveBeenCalledExactlyOnceWith(ruth.id);
  expect([here.current.state, there.current.state]).toEqual(['signed-out', 'signed-out']);
});

it.each([[null], ['{'], ['null'], ['[]'], ['{"id":"a b","name":"x"}'], ['{"id":"a"}']])(
  '%s is nobody',
  (saved) => expect(parseAccount(saved)).toBeUndefined(),
);

it('reads who was saved', () => expect(parseAccount(JSON.stringify(ruth))).toEqual(ruth));
