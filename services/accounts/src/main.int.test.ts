import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '@gospelib/processes';
import { compileCache } from '@gospelib/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  goodPassword,
  type Harness,
  internalSecret,
  origin,
  startHarness,
  tokenIn,
} from './testing/harness.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

function environment(port: number): Record<string, string> {
  const { config } = harness;
  return {
    ...compileCache,
    PORT: String(port),
    LOG_LEVEL: 'trace',
    DATABASE_URL: config.DATABASE_URL,
    PUBLIC_URL: origin,
    AUTH_SECRETS: config.AUTH_SECRETS.map(({ version, value }) => `${version}:${value}`).join(),
    INTERNAL_SECRET: internalSecret,
    MAIL_OUTBOX_DIR: 'outboxDir' in config.mail ? config.mail.outboxDir : '',
  };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(`${url}/ready`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`It ended with ${child.exitCode}.`);
}

describe('the process', () => {
  it('writes nothing secret and nobody’s address into its log', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const child = spawn(process.execPath, [main], { env: environment(port) });
    const lines: string[] = [];
    child.stdout.on('data', (chunk) => lines.push(String(chunk)));
    child.stderr.on('data', (chunk) => lines.push(String(chunk)));
    await untilReady(url, child);

    const secrets: string[] = [goodPassword, internalSecret, 'a wrong password'];
    const post = async (path: string, body: object, cookie = '') => {
      const headers = { 'content-type': 'application/json', origin, cookie };
      const ask = () =>
        fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      let answer = await ask();
      while (answer.status === 503) answer = await ask(); // told to come again by a busy machine
      const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
      secrets.push(
        ...cookies.map((pair) => pair.split('=')[1] ?? '').filter((value) => value.length > 8),
      );
      return { status: answer.status, cookie: cookies.join('; ') };
    };
    const email = 'distinct-name@example.org';
    // A mail is written after the answer, and a busy machine may lose it there: one asks again, as a person does.
    let mails: Awaited<ReturnType<typeof harness.mails>> = [];
    while (mails.length < 2) {
      await post('/auth/sign-up/email', { email, password: goodPassword, name: 'distinct-name' });
      mails = await harness.mails(email, mails.length + 1).catch(() => mails);
    }
    const [first, second] = mails;
    secrets.push(tokenIn(first), tokenIn(second));
    await post('/auth/verify-email', { token: tokenIn(first), password: goodPassword });
    await post('/auth/sign-in/email', { email, password: 'a wrong password' });
    const signedIn = await post('/auth/sign-in/email', { email, password: goodPassword });
    expect(signedIn.status).toBe(200);
    const token = await fetch(`${url}/api/v1/auth/token`, { headers: { cookie: signedIn.cookie } });
    secrets.push(((await token.json()) as { token: string }).token);
    await post('/auth/reset-password', { token: tokenIn(second), newPassword: goodPassword });
    await fetch(`${url}/internal/v1/deletions?consumer=study`, {
      headers: { authorization: `Bearer ${internalSecret}` },
    });

    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    const log = lines.join('');
    expect(log).toContain('security event');
    expect(secrets.length).toBeGreaterThan(6);
    for (const secret of [...secrets, email, 'distinct-name']) {
      expect(log.toLowerCase().includes(secret.toLowerCase()), secret).toBe(false);
    }
    for (const line of log.trim().split('\n')) JSON.parse(line);
  });

  it('names every fault of its environment and none of its values', () => {
    const { status, stderr } = spawnSync(process.execPath, [main], {
      encoding: 'utf8',
      env: { ...compileCache, PORT: '1', INTERNAL_SECRET: 'too short to be one' },
    });
    expect(status).toBe(1);
    for (const name of ['DATABASE_URL', 'PUBLIC_URL', 'AUTH_SECRETS', 'INTERNAL_SECRET']) {
      expect(stderr).toContain(name);
    }
    expect(stderr).not.toContain('too short to be one');
  });

  it('starts without its store, alive but not ready', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const away = new URL(harness.config.DATABASE_URL);
    away.port = String(await freePort());
    const child = spawn(process.execPath, [main], {
      env: { ...environment(port), DATABASE_URL: away.href },
    });
    let status = 0;
    while (status === 0) status = (await fetch(`${url}/ready`).catch(() => undefined))?.status ?? 0;
    expect(status).toBe(503);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/api/v1/auth/jwks`)).status).toBe(503);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
