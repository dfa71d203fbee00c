import { randomUUID } from 'node:crypto';
import type { Account } from '../account.ts';
import { type Ask, ask } from '../http.client.ts';
import type { Route } from './routes.ts';

/** What stands in everything of the owner's, and may stand in no answer to anybody else. */
export const secret = 'known-to-the-owner-alone';

const json = { 'content-type': 'application/json' };

/** Contents by the first part of their address. */
const contents: Readonly<Record<string, object>> = {
  notes: { passage: 'alma.32.21', body: `${secret}: faith`, tags: [secret] },
  highlights: { passage: 'alma.32.22', color: 'green', tags: [secret] },
  bookmarks: { passage: 'alma.32.23', label: secret, tags: [secret] },
  collections: { title: secret, description: secret, items: [{ passage: 'alma.32.21' }] },
};

/** The owner's things, by what stands for them in an address. */
export interface Belongings {
  /** The id of one thing of each kind, of a session under `sessions`. */
  readonly ids: Readonly<Record<string, string>>;
  /** Of each kind the version that it has. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Gives a reader one of everything. */
export async function furnish(owner: Account, origin: string): Promise<Belongings> {
  const ids: Record<string, string> = {};
  const versions: Record<string, string> = {};
  const write = async (method: string, path: string, body: object): Promise<Ask> => {
    const headers = { ...json, 'idempotency-key': randomUUID() };
    const answer = await owner.ask(`/api/v1/study/${path}`, {
      method,
      headers,
      body: JSON.stringify(body),
    });
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    if (method !== 'POST') return {};
    const { id, version } = answer.json<{ id: string; version: number }>();
    ids[path] = id;
    versions[path] = `"${version}"`;
    return {};
  };
  for (const [kind, content] of Object.entries(contents)) await write('POST', kind, content);
  await write('PUT', 'palette/green', { label: secret });
  await write('PUT', 'history/alma.32', { verse: 21 });
  await write('PUT', `collections/${ids.collections}/share`, {});
  const { items } = (
    await ask(`${origin}/api/v1/account/sessions`, { headers: { cookie: owner.cookie } })
  ).json<{ items: { id: string; current: boolean }[] }>();
  ids.sessions = items.find(({ current }) => current)?.id ?? '';
  return { ids, versions };
}

/** Everything of theirs that anybody could have changed. */
export async function snapshot(owner: Account, origin: string): Promise<Record<string, string>> {
  const parts: Record<string, string> = {};
  for (const path of ['export', 'continue', 'collections', 'palette', 'history', 'tags']) {
    parts[path] = (await owner.ask(`/api/v1/study/${path}`)).text;
  }
  for (const path of ['', '/sessions', '/events']) {
    const { text } = await ask(`${origin}/api/v1/account${path}`, {
      headers: { cookie: owner.cookie },
    });
    parts[`account${path}`] = text;
  }
  return parts;
}

/** An address of the owner's things: whatever a template leaves open is filled with theirs. */
export function addressOf({ template }: Pick<Route, 'template'>, { ids }: Belongings): string {
  const kind = template.split('/')[4] ?? '';
  return template
    .replace(':id', ids[kind] ?? 'alma.32.21')
    .replace(':chapter', 'alma.32')
    .replace(':book', 'alma')
    .replace(':ref', 'alma.32.21')
    .replace(':color', 'green')
    .replace(':strongs', 'H430')
    .replace(/:\w+/g, 'x'.repeat(32))
    .replace('*', 'x/y');
}

/** What is sent along: something that would do harm if it were taken. */
export function bodyFor({ method, template }: Route): Ask {
  if (method === 'GET' || method === 'HEAD') return {};
  const kind = template.split('/')[4] ?? '';
  if (kind === 'import') {
    return {
      headers: { 'content-type': 'application/x-ndjson', 'idempotency-key': randomUUID() },
      body: '{"type":"gospelib-study","format":1}\n{"type":"end","lines":0}\n',
    };
  }
  const others: Readonly<Record<string, object>> = {
    palette: { label: 'Taken' },
    history: { verse: 1 },
  };
  const mine = JSON.stringify(contents[kind] ?? others[kind] ?? {}).replaceAll(secret, 'taken');
  const headers = { ...json, ...(method === 'POST' && { 'idempotency-key': randomUUID() }) };
  return { headers, body: mine };
}
