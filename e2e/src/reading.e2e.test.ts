import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { startBrowser } from './browser.ts';
import { platformAt } from './platform.ts';
import { openReader, phone } from './reader.ts';

const { origin } = platformAt(inject('place'));
let browser: Browser | undefined;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());
beforeEach((test) => test.skip(browser === undefined, 'no Chromium'));

async function open(path: string, options = {}) {
  if (browser === undefined) throw new Error('no Chromium');
  return openReader(browser, origin, path, options);
}

describe('reading', () => {
  it('goes from the library to Alma 32 and through its 43 verses', async () => {
    const { page, faults, close } = await open('/');
    await page.getByRole('link', { name: 'Alma', exact: true }).click();
    await page.getByRole('link', { name: 'chapter 32' }).click();
    await page.getByRole('heading', { level: 1, name: 'Alma 32' }).waitFor();
    expect(await page.getByRole('link', { name: /^Verse \d+,/ }).count()).toBe(43);
    expect(await page.title()).toContain('Alma 32');
    expect(faults).toEqual([]);
    await close();
  });

  it('turns pages by key, also from one book to the next', async () => {
    const { page, close } = await open('/mal/4');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { level: 1, name: 'Matthew 1' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('heading', { level: 1, name: 'Malachi 4' }).waitFor();
    await close();
  });

  it.each([
    ['D&C 76:22', '/dc/76/22'],
    ['First Nephi 3:7', '/1-ne/3/7'],
    ['Jude 9', '/jude/1/9'],
    ['ps 23', '/ps/23'],
  ])('the go-to box takes %s', async (typed, path) => {
    const { page, close } = await open('/');
    await page.keyboard.press('/');
    await page.keyboard.type(typed);
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === path);
    await close();
  });

  it('sets LORD in small capitals without changing what is read aloud', async () => {
    const { page, close } = await open('/ps/23');
    const text = await page.locator('[data-verse="1"]').textContent();
    expect(text?.toUpperCase()).toContain('THE LORD IS MY SHEPHERD');
    expect(await page.getByText('A Psalm of David').count()).toBe(1);
    await close();
  });

  it.each([
    ['/mal/5', 'Malachi has 4 chapters'],
    ['/nowhere/at/all', 'No such page'],
    ['/alma/32/99', 'there is no verse 99'],
  ])('%s gets a page that helps', async (path, says) => {
    const { page, close } = await open(path);
    await page.getByText(says).first().waitFor();
    await close();
  });
});

describe('what connects a verse', () => {
  it('opens beside the verse, ranked, with the reason of each', async () => {
    const { page, close } = await open('/john/3');
    await page.getByRole('link', { name: /^Verse 16,/ }).click();
    const panel = page.getByRole('complementary', { name: /John 3:16/ });
    await panel.getByRole('tab', { name: /Cross-references/ }).waitFor();
    const first = await panel.getByRole('heading', { level: 3 }).allInnerTexts();
    expect(first.slice(0, 5)).toEqual([
      '1 John 4:9',
      'John 1:14',
      'Mark 12:6',
      'Romans 5:8',
      'Romans 8:32',
    ]);
    const shared = page.url();
    await close();
    const again = await open(new URL(shared).pathname + new URL(shared).search);
    await again.page.getByRole('heading', { level: 3, name: '1 John 4:9' }).waitFor();
    await again.close();
  });

  it('leads from a word to its root and to every verse that uses it', async () => {
    const { page, faults, close } = await open('/gen/1/1?show=word');
    await page.getByRole('heading', { level: 3 }).getByRole('link').first().click();
    await page.waitForURL(/\/word\/H7225$/);
    await page
      .getByText(/rêʼshîyth/)
      .first()
      .waitFor();
    await page.getByRole('link', { name: /rôʼsh/ }).first().click();
    await page.waitForURL(/\/word\/H7218$/);
    await page
      .getByRole('link', { name: /^Genesis 2:10/ })
      .first()
      .waitFor();
    expect(faults).toEqual([]);
    await close();
  });
});

describe('search', () => {
  it('finds a half-remembered verse, the exact phrase first', async () => {
    const { page, close } = await open('/search?q=I+will+go+and+do+the+things');
    const hit = page.getByRole('listitem').filter({ hasText: '1 Nephi 3:7' }).first();
    await hit.waitFor();
    await page
      .getByRole('link', { name: /^Book of Mormon|^The Book of Mormon/ })
      .first()
      .click();
    await page.waitForURL(/volume=bofm/);
    await hit.waitFor();
    await close();
  });
});

describe('the study map', () => {
  it('draws a verse with its neighbours, and lists the same for those who do not see it', async () => {
    const { page, faults, close } = await open('/map/john.3.16');
    await page.locator('canvas').first().waitFor();
    expect(await page.getByText('1 John 4:9').count()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    await close();
  });
});

describe('settings and bad days', () => {
  it('remembers the paper', async () => {
    const { page, close } = await open('/alma/32');
    await page.getByRole('button', { name: 'Appearance' }).click();
    const before = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
    const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(dark).not.toBe(before);
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(dark);
    await close();
  });

  it('says so when the library is away, and goes on by itself when it is back', async () => {
    const { page, close } = await open('/', { serviceWorkers: 'block' });
    await page.route('**/api/v1/chapters/**', (route) => route.abort());
    await page.goto(`${origin}/enos/1`);
    await page.getByRole('alert').waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await page.unroute('**/api/v1/chapters/**');
    await page.getByRole('heading', { level: 1, name: /Enos/ }).waitFor();
    await close();
  });

  it('fits a phone', async () => {
    const { page, close } = await open('/john/3/16?show=cross-reference', phone);
    await page.getByRole('heading', { level: 3 }).first().waitFor();
    const { width, view } = await page.evaluate(() => ({
      width: document.documentElement.scrollWidth,
      view: innerWidth,
    }));
    expect(width).toBeLessThanOrEqual(view);
    await close();
  });
});
