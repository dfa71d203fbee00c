import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const run = promisify(execFile);

/**
 * Starts Chromium: the headless shell, else the system's, else the one Playwright downloaded.
 * Undefined where there is none, which is a failure under CI and said loudly elsewhere.
 */
export async function startBrowser(): Promise<Browser | undefined> {
  const executablePath = inPath([HEADLESS_SHELL]) ?? systemBrowser() ?? playwrightBrowser();
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

/** Chromium without a window: a page of its own costs a fifth of what it costs in the whole browser. */
const HEADLESS_SHELL = 'chromium-headless-shell';

export function systemBrowser(): string | undefined {
  return inPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']);
}

function inPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

function playwrightBrowser(): string | undefined {
  const path = chromium.executablePath();
  return path !== '' && existsSync(path) ? path : undefined;
}

/** Installs Debian's headless shell when root. Without it the tests take another browser, or say that there is none. */
export async function installBrowser(): Promise<void> {
  const isThere = inPath([HEADLESS_SHELL]) !== undefined;
  if (isThere || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.warn(`Installing the package ${HEADLESS_SHELL} for the browser tests…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = ['install', '-y', '--no-install-recommends', '--no-remove', HEADLESS_SHELL];
  try {
    await run('apt-get', ['update'], { env });
    await run('apt-get', options, { env });
  } catch (error) {
    console.warn(`Installing it failed: ${error instanceof Error ? error.message : error}`);
  }
}
