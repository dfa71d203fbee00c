import type { Browser, BrowserContextOptions } from 'playwright-core';
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
