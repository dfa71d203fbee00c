import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  accountThatIsOver,
  forgetAccountThatIsOver,
  readMemory,
  writeMemory,
} from './session.memory.ts';

const reader = { id: 'user-1', name: 'Reader' };

beforeEach(() => {
  const saved = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => saved.get(key) ?? null,
    setItem: (key: string, value: string) => saved.set(key, value),
    removeItem: (key: string) => saved.delete(key),
  });
  vi.stubGlobal('document', { cookie: '' });
});
afterEach(() => vi.unstubAllGlobals());

/** Simulates closing the browser: removes cookies without an expiry. */
function closeBrowser(): void {
  vi.stubGlobal('document', { cookie: 'other=1' });
}

it('is still there when the browser opens again', () => {
  writeMemory(reader);
  closeBrowser();
  expect(readMemory()).toEqual(reader);
});

it('is gone with the browser for who wanted that, and there until then', () => {
  writeMemory({ ...reader, whileOpen: true });
  expect(document.cookie).toBe('gospelib.open=1; path=/; samesite=strict');
  vi.stubGlobal('document', { cookie: 'other=1; gospelib.open=1' });
  expect(readMemory()).toEqual({ ...reader, whileOpen: true });
  expect(accountThatIsOver()).toBeUndefined();
  forgetAccountThatIsOver();
  expect(readMemory()?.id).toBe(reader.id);
  closeBrowser();
  expect(readMemory()).toBeUndefined();
  expect(accountThatIsOver()).toBe(reader.id);
  forgetAccountThatIsOver();
  expect(localStorage.getItem('gospelib.account')).toBeNull();
  expect(accountThatIsOver()).toBeUndefined();
});

it('is nothing after a sign-out', () => {
  writeMemory(reader);
  writeMemory(undefined);
  expect(readMemory()).toBeUndefined();
});
