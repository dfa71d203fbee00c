import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { fillSignIn } from './account.page.ts';
import { type Account, openAccount } from './account.ts';
import { startBrowser } from './browser.ts';
import { platformAt } from './platform.ts';
import { openReader, phone } from './reader.ts';

const place = inject('place');
const { origin } = platformAt(place);
let browser: Browser | undefined;
let account: Account;

beforeAll(async () => {
  [browser, account] = await Promise.all([startBrowser(), openAccount(place, 'Naomi')]);
});
afterAll(() => browser?.close());
beforeEach((test) => test.skip(browser === undefined, 'no Chromium'));

/** What is at the top of the reading area: the verse, and how far it is scrolled past it, px. */
function topOf(page: Page): Promise<{ verse: number; past: number } | undefined> {
  return page.evaluate(() => {
    const line = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
    for (const verse of document.querySelectorAll<HTMLElement>('.verse')) {
      const { top, bottom } = verse.getBoundingClientRect();
      if (bottom <= line + 1) continue;
      return { verse: Number(verse.dataset.verse), past: Math.round(line - top) + 0 };
    }
    return undefined;
  });
}

/** Reads on to a verse, as far as 10 px into it. */
async function readTo(page: Page, verse: number): Promise<void> {
  await page.locator(`[data-verse="${verse}"]`).evaluate((element) => {
    element.scrollIntoView({ block: 'start' });
    scrollBy(0, 10);
  });
  await expect.poll(() => topOf(page)).toEqual({ verse, past: 10 });
  // The history entry is written when the page has rested.
  await expect.poll(() => page.evaluate(() => history.state?.place?.verse)).toBe(verse);
}

const opened = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

async function typeInBox(page: Page, text: string): Promise<void> {
  await page.getByRole('combobox').click();
  await page.keyboard.type(text);
  await page.getByRole('option').first().waitFor();
}

/** Ways back to where one was. */
const exactly: readonly [string, (page: Page) => Promise<unknown>][] = [
  [
    'typing in the go-to box, and Escape',
    async (page) => {
      await typeInBox(page, 'john 3');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.getByRole('combobox').fill('');
    },
  ],
  ['a reload', (page) => page.reload()],
  [
    'a tab that was discarded, or another site and back: the page is made anew from its history entry',
    async (page) => {
      await page.goto('about:blank');
      await page.goBack();
    },
  ],
  [
    'the next chapter and back',
    async (page) => {
      await page.keyboard.press('ArrowRight');
      await opened(page, 'Alma 33');
      await page.goBack();
    },
  ],
  [
    'a search, one of its results, and back',
    async (page) => {
      await typeInBox(page, 'charity suffereth long');
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: /^1 Corinthians 13:4/ }).click();
      await page.locator('.verse[data-chosen]').waitFor();
      await page.goBack();
      await page.getByRole('link', { name: /^1 Corinthians 13:4/ }).waitFor();
      await page.goBack();
    },
  ],
  [
    'another verse of the chapter and back',
    async (page) => {
      await typeInBox(page, 'alma 32:40');
      await page.keyboard.press('Enter');
      await page.locator('.verse[data-chosen]').waitFor();
      await page.goBack();
    },
  ],
  [
    'a reload without a connection',
    async (page) => {
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
      await page.reload();
      await opened(page, 'Alma 32');
      await page.context().setOffline(true);
      await page.reload();
      await opened(page, 'Alma 32');
      expect(await page.getByRole('link', { name: /^Verse \d+,/ }).count()).toBe(43);
      await page.context().setOffline(false);
    },
  ],
];

/** Ways that begin with the verse that was at the top. */
const atTheVerse: readonly [string, (page: Page) => Promise<unknown>][] = [
  [
    'Continue',
    async (page) => {
      await page.getByRole('link', { name: 'GospeLib, the library' }).click();
      await page.getByRole('link', { name: 'Continue Alma 32' }).click();
    },
  ],
  [
    'signing in',
    async (page) => {
      await page.getByRole('link', { name: 'Sign in' }).click();
      await fillSignIn(page, account.email, account.password);
    },
  ],
];

describe.each([
  ['a desktop', {}],
  ['a phone', phone],
] as const)('on %s', (_size, options) => {
  it('every way back leads to the verse', async () => {
    if (browser === undefined) throw new Error('no Chromium');
    const { page, close } = await openReader(browser, origin, '/alma/32', options);
    await readTo(page, 21);
    for (const [way, goAndComeBack] of exactly) {
      await goAndComeBack(page);
      await opened(page, 'Alma 32');
      await expect.poll(() => topOf(page), { message: way }).toEqual({ verse: 21, past: 10 });
    }
    for (const [index, [way, goAndComeBack]] of atTheVerse.entries()) {
      await readTo(page, 22 + index);
      await goAndComeBack(page);
      await opened(page, 'Alma 32');
      await expect
        .poll(() => topOf(page), { message: way })
        .toEqual({ verse: 22 + index, past: 0 });
    }
    await close();
  });
});
