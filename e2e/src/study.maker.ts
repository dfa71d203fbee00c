import { randomUUID } from 'node:crypto';
import type { Account } from './account.ts';

/** Makes something through the gateway, as a reader’s other device would. */
export async function makeOne<T>(account: Account, kind: string, input: object): Promise<T> {
  const answer = await account.ask(`/api/v1/study/${kind}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify(input),
  });
  if (answer.status !== 201) throw new Error(`POST ${kind}: ${answer.status} ${answer.text}`);
  return answer.json<T>();
}

/** What a reader has of a kind, as study answers it. */
export async function kept<T>(account: Account, path: string): Promise<readonly T[]> {
  return (await account.ask(`/api/v1/study/${path}`)).json<{ items: T[] }>().items;
}

/** Something of every kind, most of it in Alma 32. */
export async function makeStudy(account: Account): Promise<{ list: string; shared: string }> {
  const passage = 'alma.32.21';
  const tags = ['faith'];
  await makeOne(account, 'highlights', { passage, color: 'red', tags });
  const words = { start: 4, end: 12 };
  await makeOne(account, 'highlights', { passage, words, color: 'green', tags });
  await makeOne(account, 'notes', {
    passage,
    body: '# Seed\n\n- see Alma 32:28\n\n> quoted',
    tags,
  });
  await makeOne(account, 'notes', { body: 'Compare Alma 32:21', tags: [] });
  await makeOne(account, 'bookmarks', { passage, label: 'Faith', tags: [] });
  const items = [{ passage, comment: 'To begin with' }, { passage: 'heb.11.1-3' }];
  const { id } = await makeOne<{ id: string }>(account, 'collections', { title: 'Faith', items });
  const link = await account.ask(`/api/v1/study/collections/${id}/share`, { method: 'PUT' });
  await account.ask('/api/v1/study/history/alma.32', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ verse: 21 }),
  });
  return { list: id, shared: link.json<{ share: string }>().share };
}
