import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const run = promisify(execFile);

/**
 * Starts Chromium: the system's, else the one Playwright downloaded, else Debian's package when root.
 * Undefined where there is none, which is a failure under CI and said loudly elsewhere.
 */
export async function startBrowser(): Promise<Browser | undefined> {
  const executablePath = systemBrowser() ?? playwrightBrowser() ?? (await debianBrowser());
  if (executablePath !== undefined) {
    return chromium.launch({ executablePath, args: browserArguments() });
  }
  const message =
    'No Chromium was found: install the chromium package, or run `npx playwright install chromium`.';
  if (process.env.CI === 'true') throw new Error(message);
  console.warn(`\n*** The browser tests are SKIPPED. ${message} ***\n`);
  return undefined;
}

/** Chromium refuses its sandbox to root; WebGL runs in software where there is no graphics card. */
function browserArguments(): string[] {
  const flags = [
    ...['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
    // Pages are painted and put together by the processor itself, not by one that plays a graphics card.
    ...['--disable-gpu-rasterization', '--disable-gpu-compositing'],
    // No process is started in advance for a page that may come: each would cost as much as a page that did.
    '--renderer-process-limit=1',
  ];
  return process.getuid?.() === 0 ? ['--no-sandbox', ...flags] : flags;
}

export function systemBrowser(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

function playwrightBrowser(): string | undefined {
  const path = chromium.executablePath();
  return path !== '' && existsSync(path) ? path : undefined;
}

async function debianBrowser(): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  console.warn('Installing the chromium package for the browser tests…');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update'], { env });
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
  } catch (error) {
    console.warn(`Installing chromium failed: ${error instanceof Error ? error.message : error}`);
  }
  return systemBrowser();
}
