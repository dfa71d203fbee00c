import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { folders, type LocalConfig, originOf } from '@gospelib/supervisor';

/** A person who is signed in. */
export interface Account {
  id: string;
  /** Asks the gateway in their name. Rejects when there is no answer. */
  ask(
    method: string,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<Response>;
}

const MAIL_WAIT_MS = 10_000;
/** A token is renewed that long before it ends. */
const MARGIN_MS = 60_000;
const TIMEOUT_MS = 10_000;

/** Signs up, confirms with the mailed link and signs in, as a person does. @throws Error */
export async function openAccount(config: LocalConfig): Promise<Account> {
  const origin = originOf(config);
  const email = `${randomUUID()}@example.org`;
  const password = `iron rod ${randomUUID()}`;
  const post = (path: string, body: object) => call(`${origin}/api/v1/auth/${path}`, origin, body);
  await post('sign-up/email', { email, password, name: 'A reader in a drill' });
  const token = new URL(await linkTo(config, email)).hash.replace('#token=', '');
  await post('verify-email', { token, password });
  const signedIn = await post('sign-in/email', { email, password });
  const { id } = (await signedIn.json()) as { id: string };
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  let access: { token: string; expiresAt: string } | undefined;
  const bearer = async (): Promise<string> => {
    if (access === undefined || Date.parse(access.expiresAt) - Date.now() < MARGIN_MS) {
      const response = await fetch(`${origin}/api/v1/auth/token`, { headers: { cookie } });
      if (!response.ok) throw new Error(`No token: ${response.status}`);
      access = (await response.json()) as { token: string; expiresAt: string };
    }
    return `Bearer ${access.token}`;
  };
  const ask: Account['ask'] = async (method, path, body, headers = {}) =>
    fetch(`${origin}/api/v1/${path}`, {
      method,
      headers: {
        authorization: await bearer(),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  return {
    id,
    async ask(...request) {
      const response = await ask(...request);
      if (response.status !== 401) return response;
      // While nobody knows which sessions were ended, older tokens are refused and new ones pass.
      await response.body?.cancel();
      access = undefined;
      return ask(...request);
    },
  };
}

async function call(url: string, origin: string, body: object): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response;
}

async function linkTo(config: LocalConfig, email: string): Promise<string> {
  const folder = folders.mail(config);
  const deadline = Date.now() + MAIL_WAIT_MS;
  while (Date.now() < deadline) {
    // Made with the first mail, which is written after the answer.
    const files = existsSync(folder) ? readdirSync(folder) : [];
    for (const name of files.filter((file) => /^\d.*\.json$/.test(file))) {
      const mail = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, string>;
      const link = /https?:\/\/\S+/.exec(mail.text ?? '')?.[0];
      if (mail.to === email && link !== undefined) return link;
    }
    await sleep(50);
  }
  throw new Error(`No mail to ${email} arrived.`);
}
