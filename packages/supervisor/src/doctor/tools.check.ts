import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { LocalConfig } from '../config/local.config.ts';
import { type Finding, fault, ok, warning } from './finding.ts';

const OLDEST_NODE = 20;
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The programs GospeLib is started, built and tested with. */
export function checkTools(config: LocalConfig): Finding[] {
  return [systemNode(config), git(config), installation(config), browser(config)];
}

/** The Node that `./gl` needs to install the workspace; the workspace then brings its own. */
function systemNode({ root, env }: LocalConfig): Finding {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(root));
  const outside = { ...env, PATH: folders.join(delimiter) };
  const { stdout, status } = spawnSync('node', ['--version'], { env: outside, encoding: 'utf8' });
  const remedy = 'Install Node.js 20 or newer; `./gl` needs it to install the workspace.';
  if (status !== 0) return warning('node', 'not found on the PATH', remedy);
  const version = stdout.trim();
  const text = `${version} on the PATH, ${process.version} in the workspace`;
  const old = Number(version.replace(/^v/, '').split('.')[0]) < OLDEST_NODE;
  return old ? fault('node', text, remedy) : ok('node', text);
}

function git({ root, env }: LocalConfig): Finding {
  const { stdout, status } = spawnSync('git', ['--version'], { cwd: root, env, encoding: 'utf8' });
  if (status === 0) return ok('git', stdout.trim().replace('git version ', ''));
  return warning('git', 'not found', 'Install git; only `nx affected` and updates need it.');
}

function installation({ root }: LocalConfig): Finding {
  const stamp = join(root, 'node_modules/.gl-installed');
  const lock = join(root, 'pnpm-lock.yaml');
  const remedy = 'Run any command by `./gl`: it installs what is missing.';
  if (!existsSync(stamp)) return warning('workspace', 'not installed by ./gl', remedy);
  return statSync(stamp).mtimeMs < statSync(lock).mtimeMs
    ? warning('workspace', 'older than its lockfile', remedy)
    : ok('workspace', 'installed');
}

function browser({ env }: LocalConfig): Finding {
  const folders = (env.PATH ?? '').split(delimiter);
  const found = BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name))).find(
    (file) => existsSync(file),
  );
  if (found !== undefined) return ok('browser', found);
  return warning(
    'browser',
    'no Chromium on the PATH',
    'Only the whole-system tests need one: install chromium, or run `npx playwright install chromium`.',
  );
}
