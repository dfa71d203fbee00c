import { describe, expect, it } from 'vitest';
import { chooseEncoding } from './accept.encoding.ts';

describe('chooseEncoding', () => {
  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['*', 'br'],
    ['identity', 'identity'],
    ['gzip;q=0', 'identity'],
    ['gzip;q=nonsense', 'identity'],
    ['deflate', 'identity'],
  ] as const)('%j → %s', (header, encoding) => {
    expect(chooseEncoding(header)).toBe(encoding);
    expect(chooseEncoding(header)).toBe(encoding);
  });

  it('survives thousands of different headers', () => {
    for (let i = 0; i < 5000; i += 1) expect(chooseEncoding(`x${i}, gzip`)).toBe('gzip');
  });
});
