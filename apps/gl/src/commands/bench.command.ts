import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Config } from '../config.ts';

/** Measures the platform: the benchmark of the whole-system tests, with its own flags. */
export async function bench(config: Config, flags: readonly string[]): Promise<number> {
  const main = join(config.root, 'e2e/src/bench/main.ts');
  const child = spawn(process.execPath, [main, ...flags], {
    stdio: 'inherit',
    env: config.env,
    cwd: config.root,
  });
  process.on('SIGINT', () => {}); // it gets its own from the terminal and ends its platform
  process.on('SIGTERM', () => void child.kill('SIGTERM'));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
