import { expect, it } from 'vitest';
import { ApiError, exportStudy, NetworkError } from './index.ts';

const whole = '{"type":"gospelib-study","format":1}\n{"type":"note"}\n{"type":"end","lines":1}\n';
const fetched = (response: Response) =>
  exportStudy({ baseUrl: 'http://library.test', fetch: async () => response });

it('gives every byte of an export', async () => {
  const file = await fetched(new Response(whole));
  expect(await file.text()).toBe(whole);
});

it.each([whole.slice(0, -1), whole.slice(0, 60), '', '{"type":"note","text":"end"}\n'])(
  'takes one that was cut off for none: %j',
  (text) => expect(fetched(new Response(text))).rejects.toBeInstanceOf(NetworkError),
);

it('says what the server says', () =>
  expect(fetched(new Response('', { status: 503 }))).rejects.toBeInstanceOf(ApiError));
