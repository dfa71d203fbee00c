import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type Account, openAccount } from './account.ts';
import { startBrowser } from './browser.ts';
import { platformAt } from './platform.ts';
import { openReader, phone } from './reader.ts';
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
  '/account?verified=expired',
];

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe); // through the debugger: the page's own policy allows no foreign script
  return page.evaluate(async () => {
    const { axe: engine } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const found = await engine.run();
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

describe.each(['light', 'dark'] as const)('axe finds nothing to say, %s', (colorScheme) => {
  it.each(pages)('%s', async (path) => {
    if (browser === undefined) throw new Error('no Chromium');
    const { page, close } = await openReader(browser, origin, path, {
      colorScheme,
      reducedMotion: 'reduce',
    });
    await page.waitForLoadState('networkidle');
    expect(await violations(page)).toEqual([]);
    await close();
  });
});

it('axe finds nothing to say on a phone', async () => {
  if (browser === undefined) throw new Error('no Chromium');
  const { page, close } = await openReader(browser, origin, '/john/3/16?show=word', phone);
  await page.waitForLoadState('networkidle');
  expect(await violations(page)).toEqual([]);
  await close();
});

describe.each([
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['on a phone', phone],
] as const)('axe finds nothing to say about a reader’s own pages, %s', (_name, options) => {
  let account: Account;
  beforeAll(async () => {
    account = await openAccount(place);
  });

  it.each([
    ['/account', 'Change your password'],
    ['/account/delete', 'Delete for good'],
  ])('%s', async (path, opened) => {
    if (browser === undefined) throw new Error('no Chromium');
    const { page, close } = await openReaderAs(browser, origin, account, path, {
      ...options,
      reducedMotion: 'reduce',
    });
    await page.getByText(opened, { exact: true }).click(); // with its faults, where it is a form
    await page.waitForLoadState('networkidle');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: /^Account of/ }).click();
    expect(await violations(page)).toEqual([]);
    await close();
  });
});

describe.each([
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['on a phone', phone],
] as const)('axe finds nothing to say about what a reader made, %s', (_name, options) => {
  it('in the text, in the notebook, in lists and in history', async () => {
    if (browser === undefined) throw new Error('no Chromium');
    const account = await openAccount(place);
    const { list, shared } = await makeStudy(account);
    const still = { ...options, reducedMotion: 'reduce' } as const;
    const { page, close } = await openReaderAs(browser, origin, account, '/', still);
    for (const path of [
      '/alma/32/21?show=connections',
      '/notebook',
      '/notebook?q=seed',
      '/notebook?show=highlights',
      '/notebook?show=bookmarks',
      '/notebook?show=unsaved',
      '/collections',
      `/collections/${list}`,
      `/shared/${shared}`,
      '/history',
    ]) {
      await page.goto(origin + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect([path, await violations(page)]).toEqual([path, []]);
    }
    await page.goto(`${origin}/notebook`);
    await page.getByRole('button', { name: 'Edit' }).first().click();
    await page.getByRole('textbox', { name: 'Your note' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await close();
  }, 120_000);
});

it('axe finds nothing to say about a form with faults on a phone', async () => {
  if (browser === undefined) throw new Error('no Chromium');
  const { page, close } = await openReader(browser, origin, '/account/sign-up', phone);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByText('Choose a password.').waitFor();
  expect(await violations(page)).toEqual([]);
  await close();
});
