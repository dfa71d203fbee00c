import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Account } from './account.ts';
import { openReader, type ReaderPage } from './reader.ts';

/** Opens the reader as somebody who signed in with this browser before. */
export async function openReaderAs(
  browser: Browser,
  origin: string,
  { id, cookie, name = 'Somebody' }: Pick<Account, 'id' | 'cookie'> & { readonly name?: string },
  path: string,
  options: BrowserContextOptions = {},
): Promise<ReaderPage> {
  const cookies = cookie.split('; ').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    const { hostname: domain } = new URL(origin);
    const lasting = { expires: Date.now() / 1_000 + 3_600, sameSite: 'Strict' } as const;
    return { name, value: value.join('='), domain, path: '/', httpOnly: true, ...lasting };
  });
  const remembered = { name: 'gospelib.account', value: JSON.stringify({ id, name }) };
  return openReader(browser, origin, path, {
    ...options,
    storageState: {
      cookies: cookies.map((c) => ({ ...c, secure: false })),
      origins: [{ origin, localStorage: [remembered] }],
    },
  });
}

/** Resolves once the page listens to keys and pointers: it asks for marks at that moment. */
export async function untilListening(page: Page): Promise<void> {
  const asked = () => performance.getEntriesByType('resource').map(({ name }) => name);
  await expect.poll(() => page.evaluate(asked)).toContainEqual(expect.stringMatching(/\/marks$/));
}

/** A verse takes the focus, as `j` and `k` give it, once the page listens to what is pressed then. */
export async function chooseVerse(page: Page, number: number): Promise<void> {
  await untilListening(page);
  await page.locator(`[data-verse="${number}"] .verse-number`).focus();
}
