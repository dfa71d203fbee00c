import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { signAnew } from './cookie.signature.ts';

const [first, second, third] = [1, 2, 3].map((version) => ({
  version,
  value: `secret-${version}`,
}));
const all = [second, first].flatMap((one) => one ?? []);

function signed(text: string, secret = first): string {
  const signature = createHmac('sha256', secret?.value ?? '')
    .update(text)
    .digest('base64');
  return encodeURIComponent(`${text}.${signature}`);
}

it.each([
  ['of a secret of before', `a=${signed('x.y')}; b=1`, `a=${signed('x.y', second)}; b=1`],
  ['of the present secret', `a=${signed('x', second)}`, `a=${signed('x', second)}`],
  ['of nobody', `a=${signed('x', third)}`, `a=${signed('x', third)}`],
  ['for another text', `a=${signed('x').replace('x', 'y')}`, `a=${signed('x').replace('x', 'y')}`],
  ['that is none', 'a=1; b; c=%E0%A4%A; d=.', 'a=1; b; c=%E0%A4%A; d=.'],
])('a signature %s', (_what, cookies, expected) => {
  expect(signAnew(cookies, all)).toBe(expected);
});

it('nothing changes where there is one secret', () => {
  expect(signAnew(`a=${signed('x')}`, all.slice(0, 1))).toBe(`a=${signed('x')}`);
});
