import { randomInt, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type Ask, ask } from './http.client.ts';
import type { Place } from './platform.ts';

/** A person with an account, signed in, at an address of their own. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  /** The session, as a Cookie header. */
  readonly cookie: string;
  /** Where they ask from: limits count by address. */
  readonly from: string;
  /** A valid token, fetched anew when the last one is about to expire. */
  token(): Promise<string>;
  /** Forgets the last token, as a page does that was told it is no good. */
  dropToken(): void;
  /** Asks the gateway with a valid token. */
  ask(path: string, options?: Ask): Promise<Answer>;
}

/** Renewed that long before it expires, ms. */
const margin = 30_000;

/** Signs up, opens the mailed link and signs in, all through the gateway, as a person does. */
export async function openAccount(place: Place, name = 'Somebody'): Promise<Account> {
  const origin = `http://localhost:${place.portBase}`;
  const email = `${randomUUID()}@example.org`;
  const password = `liahona ${randomUUID()}`;
  const from = `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;
  const post = (path: string, body: object, status = 200): Promise<Answer> =>
    expectStatus(status, `${origin}/api/v1/auth/${path}`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json', ...behindProxy(from) },
      body: JSON.stringify(body),
      from,
    });
  await post('sign-up/email', { email, password, name });
  const token = tokenIn(await mailTo(place, email));
  await post('verify-email', { token, password }, 204);
  const { id, cookie } = await openSession(place, { email, password, from });

  let kept: { token: string; expiresAt: string } | undefined;
  const fetchToken = async (): Promise<string> => {
    if (kept === undefined || Date.parse(kept.expiresAt) - Date.now() < margin) {
      const headers = { cookie };
      kept = (await expectStatus(200, `${origin}/api/v1/auth/token`, { headers, from })).json();
    }
    return kept?.token ?? '';
  };
  return {
    id,
    email,
    password,
    cookie,
    from,
    token: fetchToken,
    dropToken() {
      kept = undefined;
    },
    async ask(path, options = {}) {
      const headers = { authorization: `Bearer ${await fetchToken()}`, ...options.headers };
      return ask(origin + path, { from, ...options, headers });
    },
  };
}

/** Where a proxy is in front that the gateway trusts, as on a cluster, the address comes from it. */
function behindProxy(from: string): Record<string, string> {
  return { 'x-forwarded-for': from };
}

/** Signs in once more, as on another device. */
export async function openSession(
  { portBase }: Place,
  { email, password, from }: Pick<Account, 'email' | 'password' | 'from'>,
): Promise<{ id: string; cookie: string }> {
  const origin = `http://localhost:${portBase}`;
  const signedIn = await expectStatus(200, `${origin}/api/v1/auth/sign-in/email`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json', ...behindProxy(from) },
    body: JSON.stringify({ email, password }),
    from,
  });
  // The other one says that the device is known, and signs nobody in.
  const cookies = signedIn.headers['set-cookie'] ?? [];
  const cookie = cookies.find((line) => line.includes('session_token='))?.split(';')[0] ?? '';
  return { id: signedIn.json<{ id: string }>().id, cookie };
}

/** Many people at once, a few at a time: a password costs the machine some 80 ms. */
export async function openAccounts(place: Place, count: number): Promise<Account[]> {
  const accounts: Account[] = [];
  while (accounts.length < count) {
    const few = Math.min(8, count - accounts.length);
    accounts.push(...(await Promise.all(Array.from({ length: few }, () => openAccount(place)))));
  }
  return accounts;
}

/** @throws Error for any other answer */
async function expectStatus(status: number, url: string, options: Ask): Promise<Answer> {
  const answer = await ask(url, options);
  if (answer.status === status) return answer;
  const { pathname } = new URL(url);
  throw new Error(`${options.method ?? 'GET'} ${pathname}: ${answer.status} ${answer.text}`);
}

/** The newest mail to an address. */
async function mailTo({ mails, data }: Place, email: string): Promise<string> {
  for (let attempt = 0; attempt < 2400; attempt += 1) {
    const mail = mails ? await fetchMail(mails, email) : await readMail(join(data, 'mail'), email);
    if (mail !== undefined) return mail.text;
    await sleep(25);
  }
  throw new Error(`no mail to ${email} arrived within a minute`);
}

async function fetchMail(url: string, email: string): Promise<Mail | undefined> {
  return (await ask(url)).json<Mail[]>().findLast(({ to }) => to === email);
}

/** From the folder where mails of this machine land. */
async function readMail(folder: string, email: string): Promise<Mail | undefined> {
  const files = await readdir(folder).catch(() => []);
  for (const file of files
    .sort()
    .reverse()
    .filter((name) => !name.startsWith('.'))) {
    const mail = JSON.parse(await readFile(join(folder, file), 'utf8')) as Mail;
    if (mail.to === email) return mail;
  }
  return undefined;
}

interface Mail {
  readonly to: string;
  readonly text: string;
}

function tokenIn(text: string): string {
  const token = /https?:\/\/\S+#token=([\w-]+)/.exec(text)?.[1];
  if (token === undefined) throw new Error('the mail holds no link with a token');
  return token;
}
