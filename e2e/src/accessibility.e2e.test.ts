import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type Account, openAccount } from './account.ts';
import { startBrowser } from './browser.ts';
import { platformAt } from './platform.ts';
import { openReader, phone, type ReaderPage } from './reader.ts';
import { openReaderAs } from './signed-in.reader.ts';
import { makeStudy } from './study.maker.ts';

const place = inject('place');
const { origin } = platformAt(place);
let browser: Browser | undefined;
let axe: string;

beforeAll(async () => {
  browser = await startBrowser();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});
afterAll(() => browser?.close());
beforeEach((test) => test.skip(browser === undefined, 'no Chromium'));

const pages = [
  '/',
  '/alma/32',
  '/ps/119',
  '/john/3/16?show=cross-reference',
  '/gen/1/1?show=word',
  '/search?q=faith+hope+charity',
  '/word/H7225',
  '/map/john.3.16',
  '/sources',
  '/mal/5',
  '/account/sign-in',
  '/account/sign-up',
  '/account/forgot',
  '/account/reset#token=abcdefghijklmnopqrstuvwx',
  '/account/confirm#token=abcdefghijklmnopqrstuvwx',
  '/account?verified=expired',
];

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/** Axe looks no further into what is well. */
const faultsOnly = { resultTypes: ['violations'] };

async function violations(page: Page, options: object = faultsOnly): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate(axe); // through the debugger: the page's own policy allows no foreign script
  }
  return page.evaluate(async (given) => {
    const { axe: engine } = globalThis as unknown as { axe: Axe };
    const found = await engine.run(given);
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }, options);
}

const colours = { ...faultsOnly, runOnly: ['color-contrast', 'link-in-text-block'] };

/** By day everything; by night only the colours are others. */
async function expectAccessible(page: Page, what: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  expect([what, await violations(page)]).toEqual([what, []]);
  const day = await background(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const night = `${what}, dark`;
  expect([night, await background(page)]).not.toEqual([night, day]);
  expect([night, await violations(page, colours)]).toEqual([night, []]);
  await page.emulateMedia({ colorScheme: 'light' });
}

async function background(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
}

const still: BrowserContextOptions = { colorScheme: 'light', reducedMotion: 'reduce' };

describe('axe finds nothing to say', () => {
  // One browser window for all of them: a window is dear to open, and each page is loaded anew in it.
  let reader: ReaderPage | undefined;
  afterAll(() => reader?.close());

  it.each(pages)('%s', async (path) => {
    if (browser === undefined) throw new Error('no Chromium');
    reader ??= await openReader(browser, origin, '/', still);
    await reader.page.goto(origin + path);
    await reader.page.getByRole('heading', { level: 1 }).waitFor();
    await expectAccessible(reader.page, path);
  });

  it('on a phone', async () => {
    if (browser === undefined) throw new Error('no Chromium');
    const path = '/john/3/16?show=word';
    const { page, close } = await openReader(browser, origin, path, { ...still, ...phone });
    await expectAccessible(page, path);
    await close();
  });
});

/** On a phone the page is the same document: of each kind of page the one that is laid out most differently there. */
const own = {
  marks: '/alma/32/21?show=connections',
  pages: (list: string, shared: string) => [
    '/notebook',
    '/notebook?q=seed',
    '/notebook?show=highlights',
    '/notebook?show=bookmarks',
    '/notebook?show=unsaved',
    '/collections',
    `/collections/${list}`,
    `/shared/${shared}`,
    '/history',
  ],
};

describe.each([
  ['on a desk', still, own.pages],
  ['on a phone', { ...still, ...phone }, (list: string) => [`/collections/${list}`]],
])('axe finds nothing to say about a reader’s own, %s', (_name, options, pagesOf) => {
  let account: Account;
  beforeAll(async () => {
    account = await openAccount(place);
  });

  it('settings, their forms with faults, and the menu', async () => {
    if (browser === undefined) throw new Error('no Chromium');
    const { page, close } = await openReaderAs(browser, origin, account, '/account', options);
    for (const [path, opened] of [
      ['/account', 'Change your password'],
      ['/account/delete', 'Delete for good'],
    ] as const) {
      await page.goto(origin + path);
      await page.getByText(opened, { exact: true }).click();
      await expectAccessible(page, path);
    }
    await page.getByRole('button', { name: /^Account of/ }).click();
    await expectAccessible(page, 'the menu');
    await close();
  });

  it('marks in the text, notebook, lists and history', async () => {
    if (browser === undefined) throw new Error('no Chromium');
    const { list, shared } = await makeStudy(account);
    const { page, close } = await openReaderAs(browser, origin, account, '/', options);
    for (const path of [own.marks, ...pagesOf(list, shared)]) {
      await page.goto(origin + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expectAccessible(page, path);
    }
    await page.goto(`${origin}/notebook`);
    await page.getByRole('button', { name: 'Edit' }).first().click();
    await page.getByRole('textbox', { name: 'Your note' }).waitFor();
    await expectAccessible(page, 'a note that is edited');
    await close();
  });
});

it('axe finds nothing to say about a form with faults on a phone', async () => {
  if (browser === undefined) throw new Error('no Chromium');
  const { page, close } = await openReader(browser, origin, '/account/sign-up', phone);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByText('Choose a password.').waitFor();
  expect(await violations(page)).toEqual([]);
  await close();
});
