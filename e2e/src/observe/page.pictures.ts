import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, spawnChild } from '@gospelib/processes';
import type { Browser, Page } from 'playwright-core';
import { answers } from '../bench/server.process.ts';
import { repository } from '../platform.ts';

/** Where pictures of the way from an alert to its cause are left, for people to look at. */
const pictures = join(repository, '.gl/tests/alert-to-profile');

/** Opens a page, waits for what it has to show, and takes its picture. */
export async function takePicture(
  browser: Browser,
  name: string,
  url: string,
  shown: (page: Page) => Promise<unknown>,
): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    await page.goto(url);
    await shown(page);
    await page.screenshot({ path: join(pictures, `${name}.png`) });
  } finally {
    await page.close();
  }
}

/** pprof's own pages of a profile, while `work` looks at them. */
export async function withPprof<T>(
  profile: Buffer,
  work: (origin: string) => Promise<T>,
): Promise<T> {
  mkdirSync(pictures, { recursive: true });
  const file = join(pictures, 'content.pb.gz');
  writeFileSync(file, profile);
  const host = `127.0.0.1:${await freePort()}`;
  const child = await spawnChild({
    command: 'go',
    args: ['tool', 'pprof', `-http=${host}`, '-no_browser', file],
  });
  try {
    await answers(`http://${host}/ui/top`);
    return await work(`http://${host}`);
  } finally {
    await child.stop();
  }
}
