import { expect, it } from 'vitest';
import { normalizeUrl } from './url.normal.ts';

it.each([
  ['/ap%69/v1/x', '/api/v1/x'],
  ['/%61%50%49/%7e%2D%5f%39', '/aPI/~-_9'],
  ['/%2e%2E/x', '/../x'],
  ['/a%2fb%00%20%40%5b%60%7b%7f%E2%80%9c', '/a%2fb%00%20%40%5b%60%7b%7f%E2%80%9c'],
  ['/%2561', '/%2561'],
  ['/%zz%6', '/%zz%6'],
  ['/%61?q=%61', '/a?q=%61'],
  ['/a?q=%61', '/a?q=%61'],
])('%s is %s', (url, normal) => expect(normalizeUrl(url)).toBe(normal));

it('decodes exactly the characters that need no encoding', () => {
  for (let code = 0; code < 128; code += 1) {
    const encoded = `%${code.toString(16).padStart(2, '0')}`;
    const character = String.fromCharCode(code);
    expect(normalizeUrl(encoded)).toBe(/[\w.~-]/.test(character) ? character : encoded);
  }
});
