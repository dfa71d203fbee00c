import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { startBrowser } from './browser.ts';
import { platformAt } from './platform.ts';
import { openReader, phone } from './reader.ts';

const { origin } = platformAt(inject('place'));
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
