import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Account } from './account.ts';

/** A page of the reader whose faults are kept: a blank page or a thrown error must not pass unseen. */
export interface ReaderPage {
  readonly page: Page;
  /** Uncaught errors and refused resources so far. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

export async function openReader(
  browser: Browser,
  origin: string,
  path: string,
  options: BrowserContextOptions = {},
): Promise<ReaderPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto(origin + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { page, faults, close: () => context.close() };
}

export const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};

/** A browser in which somebody is signed in already; give it to `openReader` with the other options. */
export function signedInAs(
  { id, cookie }: Account,
  origin: string,
  name = 'Somebody',
): BrowserContextOptions {
  const cookies = cookie.split('; ').map((pair) => {
    const at = pair.indexOf('=');
    return {
      name: pair.slice(0, at),
      value: pair.slice(at + 1),
      domain: new URL(origin).hostname,
      path: '/',
      expires: -1,
      httpOnly: true,
      secure: false,
      sameSite: 'Strict' as const,
    };
  });
  const localStorage = [{ name: 'gospelib.account', value: JSON.stringify({ id, name }) }];
  return { storageState: { cookies, origins: [{ origin, localStorage }] } };
}
