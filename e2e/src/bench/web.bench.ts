import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { startBrowser, systemBrowser } from '../browser.ts';
import type { Platform } from '../platform.ts';
import { atLeast, atMost, type Figure } from './figure.ts';

const run = promisify(execFile);
const LIGHTHOUSE = 'lighthouse@13.5.0';

/** What a first visit to a chapter loads as script, compressed with gzip. */
export async function benchScripts(platform: Platform): Promise<Figure[]> {
  const browser = await startBrowser();
  if (browser === undefined) return [];
  try {
    const page = await browser.newPage();
    const scripts = new Set<string>();
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.add(response.url());
    });
    await page.goto(`${platform.origin}/alma/32`, { waitUntil: 'networkidle' });
    let bytes = 0;
    for (const url of scripts) {
      bytes += gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length;
    }
    if (bytes === 0) throw new Error('the page loaded no script at all');
    return [
      atMost("reader's first load: script", bytes / 1000, 'kB gzip', 130, `${scripts.size} files`),
    ];
  } finally {
    await browser.close();
  }
}

interface LighthouseReport {
  readonly categories: Record<string, { readonly score: number | null }>;
}

/** Lighthouse's own defaults (a slow phone) on a chapter page; fetched by npx, since only this needs it. */
export async function benchLighthouse(platform: Platform): Promise<Figure[]> {
  const chrome = systemBrowser();
  if (chrome === undefined) {
    console.warn('Lighthouse is not measured: no Chromium on the PATH.');
    return [];
  }
  const folder = await mkdtemp(join(tmpdir(), 'gospelib-lighthouse-'));
  try {
    const output = join(folder, 'report.json');
    await run(
      'npx',
      [
        ...['--yes', LIGHTHOUSE, `${platform.origin}/alma/32`, '--quiet', '--output', 'json'],
        ...['--output-path', output, '--chrome-flags=--headless --no-sandbox'],
        '--only-categories=performance,accessibility,best-practices',
      ],
      { env: { ...process.env, CHROME_PATH: chrome }, maxBuffer: 64 * 1024 * 1024 },
    );
    const { categories } = JSON.parse(await readFile(output, 'utf8')) as LighthouseReport;
    return Object.entries(categories).map(([name, { score }]) => {
      if (score === null) throw new Error(`Lighthouse could not score ${name}`);
      return atLeast(`Lighthouse ${name}, chapter page`, score * 100, '', 95);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
