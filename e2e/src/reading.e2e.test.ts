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

  it('of a range are those of all its verses, each with its verse', async () => {
    const { page, close } = await open('/matt/5/3-4?show=cross-reference');
    const panel = page.getByRole('complementary', { name: 'Connections of Matthew 5:3–4' });
    await panel.getByText('Verse 3', { exact: true }).first().waitFor();
    await panel.getByText('Verse 4', { exact: true }).first().waitFor();
    expect(await page.title()).toBe('Matthew 5:3–4 · GospeLib');
    await close();
  });

  it('are one step of the history, however many verses were looked at', async () => {
    const { page, close } = await open('/alma');
    await page.getByRole('link', { name: 'chapter 32' }).click();
    await page.getByRole('link', { name: /^Verse 5,/ }).click();
    await page.getByRole('complementary', { name: /Alma 32:5$/ }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('link', { name: /^Verse 8,/ }).click();
    await page.getByRole('complementary', { name: /Alma 32:8$/ }).waitFor();
    await page.getByRole('link', { name: 'Close the connections' }).click();
    await page.waitForURL((url) => url.pathname === '/alma/32/8' && url.search === '');
    await page.locator('body').press('Escape');
    await page.waitForURL((url) => url.pathname === '/alma/32');
    await page.goBack();
    await page.waitForURL((url) => url.pathname === '/alma');
    await close();
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

describe('copying', () => {
  it('keeps numbers apart from words, and says where it is from', async () => {
    const permissions = ['clipboard-read', 'clipboard-write'];
    const { page, close } = await open('/john/3', { permissions });
    const copied = async (start: string, end: string) => {
      await page.evaluate(
        ([from, to]) => {
          const [first, last] = [from, to].map((selector) =>
            document.querySelector(selector ?? ''),
          );
          if (first && last)
            getSelection()?.setBaseAndExtent(first, 0, last, last.childNodes.length);
        },
        [start, end],
      );
      await page.keyboard.press('Control+C');
      return page.evaluate(() => navigator.clipboard.readText());
    };
    expect(await copied('[data-verse="11"]', '[data-verse="12"]')).toMatch(
      /^11 Verily, verily, .* witness\.\n12 If I have .* things\?\n— John 3:11–12$/,
    );
    await page.goto(`${origin}/john/3/16-17?show=connections`);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('Link copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      `${origin}/john/3/16-17`,
    );
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
