import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sendRaw } from '../testing/raw.client.ts';
import { startTestPlatform, type TestPlatform } from '../testing/start.platform.ts';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.close());

const inAccounts: Readonly<Record<string, string>> = {
  '/api/v1/auth/sign-out': 'POST',
  '/api/v1/auth/token': 'GET, HEAD',
  '/api/v1/account': 'DELETE, GET, HEAD, PATCH',
};

beforeEach(() => {
  platform.reset();
  platform.accounts.answer((request, response) => {
    const allow = inAccounts[request.url ?? ''];
    if (allow === undefined) response.writeHead(404).end();
    else response.writeHead(405, { allow }).end();
  });
});

const allowOf = async (method: string, path: string): Promise<unknown[]> => {
  const { status, text } = await sendRaw(
    platform.gateway.port,
    `${method} ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
  );
  return [status, /^allow: (.*)\r$/im.exec(text)?.[1]];
};

it.each([
  ['PUT', '/api/v1/auth/sign-out', 405, 'POST'],
  ['QUERY', '/api/v1/auth/sign-out', 405, 'POST'],
  ['GOSPEL', '/api/v1/auth/sign-out?a', 405, 'POST'],
  ['GOSPEL', '/api/v1/%61uth/sign-out', 405, 'POST'],
  ['PUT', '/api/v1/auth/nowhere', 404, undefined],
  ['PUT', '/api/v1/account', 405, 'DELETE, GET, HEAD, PATCH'],
  ['PUT', '/api/nowhere', 404, undefined],
  ['PUT', '/health', 405, 'GET, HEAD'],
])(
  '%s %s is %i and tells of the methods of that address: %s',
  async (method, path, ...expected) => {
    platform.reader.answer((_request, response) =>
      response.writeHead(405, { allow: 'GET, HEAD' }).end(),
    );
    expect(await allowOf(method, path)).toEqual(expected);
  },
);

it('asks with nothing of the caller, and lets nothing through that the table does not', async () => {
  platform.content.answer((_request, response) =>
    response.writeHead(405, { allow: 'DELETE, GET, HEAD, POST' }).end(),
  );
  expect(await allowOf('DELETE', '/api/v1/volumes')).toEqual([405, 'GET, HEAD']);
  expect(platform.content.received.map(({ method, url }) => [method, url])).toEqual([
    ['OPTIONS', '/api/v1/volumes'],
  ]);
});

it('answers from the table while the service is away', async () => {
  await platform.accounts.stop();
  expect(await allowOf('PUT', '/api/v1/auth/sign-out')).toEqual([405, 'GET, HEAD, POST']);
  await platform.accounts.start();
});
