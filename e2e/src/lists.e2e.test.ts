import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type Account, openAccount } from './account.ts';
import { startBrowser } from './browser.ts';
import { platformAt } from './platform.ts';
import { openReader } from './reader.ts';
import { openReaderAs } from './signed-in.reader.ts';
import { kept } from './study.maker.ts';

const place = inject('place');
const { origin } = platformAt(place);
let browser: Browser | undefined;
let account: Account;

beforeAll(async () => {
  [browser, account] = await Promise.all([startBrowser(), openAccount(place)]);
});
afterAll(() => browser?.close());
beforeEach((test) => test.skip(browser === undefined, 'no Chromium'));

function chromium(): Browser {
  if (browser === undefined) throw new Error('no Chromium');
  return browser;
}
const openAs = (path: string) => openReaderAs(chromium(), origin, account, path);

/** Polls as long as a busy machine may need. */
const soon = <T>(read: () => T) => expect.poll(read);

describe('reading lists', () => {
  it('are private until shared, open signed out by their link, and closed again', async () => {
    const { page, faults, close } = await openAs('/collections');
    await page.getByRole('textbox', { name: 'Title of a new list' }).fill('On faith');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'On faith' }).waitFor();
    await page.getByRole('textbox', { name: 'Add a passage' }).fill('Alma 32:21; Hebrews 11:1');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'A few words on Hebrews 11:1' }).fill('To begin with');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Move Hebrews 11:1 up' }).click();
    await page.getByRole('button', { name: 'Make a link' }).click();
    const link = page.getByRole('link', { name: /\/shared\// });
    await link.waitFor();
    const address = new URL((await link.getAttribute('href')) ?? '').pathname;

    const guest = await openReader(chromium(), origin, address);
    await guest.page.getByRole('heading', { level: 1, name: 'On faith' }).waitFor();
    await guest.page.getByText('To begin with').waitFor();
    await guest.page.getByText('faith is not to have a perfect knowledge').waitFor();
    expect(await guest.page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
      'Hebrews 11:1',
      'Alma 32:21',
    ]);
    expect([...faults, ...guest.faults]).toEqual([]);
    await page.getByRole('button', { name: 'Stop sharing' }).click();
    await page.getByRole('button', { name: 'Make a link' }).waitFor();
    await guest.page.reload();
    await guest.page.getByRole('heading', { name: 'No list is shared' }).waitFor();
    await Promise.all([close(), guest.close()]);
  });
});

describe('history', () => {
  it('leads on where one was, on another device, until it is forgotten', async () => {
    const here = await openAs('/alma/32');
    await soon(async () => (await kept(account, 'history')).length).toBe(1);
    const there = await openAs('/');
    await there.page.getByRole('link', { name: 'Continue Alma 32' }).click();
    await there.page.getByRole('heading', { level: 1, name: 'Alma 32' }).waitFor();
    await there.page.goto(`${origin}/history`);
    await there.page.getByRole('button', { name: 'Forget all of it' }).click();
    await there.page.getByText('Nothing is remembered').waitFor();
    expect(await kept(account, 'history')).toEqual([]);
    expect([...here.faults, ...there.faults]).toEqual([]);
    await Promise.all([here.close(), there.close()]);
  });
});
