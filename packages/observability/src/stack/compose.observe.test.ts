import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const file = resolve(import.meta.dirname, '../../../../infra/observability/compose.yaml');

function compose(...words: string[]): string | undefined {
  try {
    return execFileSync('docker', ['compose', ...words], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return undefined;
  }
}

describe.skipIf(compose('version') === undefined)('the stack (needs Docker Compose)', () => {
  it('is what Compose takes', () => {
    const images = compose('--file', file, 'config', '--images');
    expect(images?.trim().split('\n')).toHaveLength(7);
  });
});
