import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

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
  page.setDefaultTimeout(60_000);
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
