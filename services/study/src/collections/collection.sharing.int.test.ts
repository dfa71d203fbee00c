import { sharedCollection, shareResponse } from '@gospelib/contracts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Reader, startWorld, type World } from '../testing/study.world.ts';

let world: World;
let maker: Reader;
let stranger: Reader;
let id: string;

const list = {
  title: 'Faith',
  description: 'In order.',
  items: [{ passage: 'heb.11.1', comment: 'First' }, { passage: 'alma.32' }],
};

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  [maker, stranger] = [await world.reader(), await world.reader()];
  id = (await maker('POST', '/collections', list)).json().id;
});
afterAll(() => world?.close());

const share = async () =>
  shareResponse.parse((await maker('PUT', `/collections/${id}/share`)).json()).share;

it('is private until it is shared', async () => {
  expect((await maker('GET', `/collections/${id}`)).json()).not.toHaveProperty('share');
});

it('is read by whoever has the link, signed in or not, without a word of whose it is', async () => {
  const link = await share();
  const shown = await world.app.inject(`/api/v1/study/shared/${link}`);
  expect(shown.headers['cache-control']).toBe('private, no-store');
  expect((await stranger('GET', `/shared/${link}`)).json()).toEqual(shown.json());
  const { updatedAt: _, ...content } = sharedCollection.parse(shown.json());
  expect(content).toEqual(list);
  expect(Object.keys(shown.json())).not.toContain('id');
});

it('keeps its link when it is shared again or changed', async () => {
  const link = await share();
  expect(await share()).toBe(link);
  const { version } = (await maker('GET', `/collections/${id}`)).json();
  const changed = await maker(
    'PUT',
    `/collections/${id}`,
    { ...list, title: 'Hope' },
    { 'if-match': `"${version}"` },
  );
  expect(changed.json()).toMatchObject({ title: 'Hope', share: link });
  expect((await stranger('GET', `/shared/${link}`)).json().title).toBe('Hope');
});

it('is private again for good when the link is taken back', async () => {
  const link = await share();
  expect((await maker('DELETE', `/collections/${id}/share`)).statusCode).toBe(204);
  expect((await stranger('GET', `/shared/${link}`)).statusCode).toBe(404);
  expect(await share()).not.toBe(link);
  expect((await stranger('GET', `/shared/${link}`)).statusCode).toBe(404);
});

it('is gone for everyone when it is deleted, and restored in private', async () => {
  const link = await share();
  await maker('DELETE', `/collections/${id}`);
  expect((await stranger('GET', `/shared/${link}`)).statusCode).toBe(404);
  await maker('PUT', `/collections/${id}`, list);
  expect((await stranger('GET', `/shared/${link}`)).statusCode).toBe(404);
});

it('is shared by its owner only', async () => {
  expect((await stranger('PUT', `/collections/${id}/share`)).statusCode).toBe(404);
  const link = await share();
  expect((await stranger('DELETE', `/collections/${id}/share`)).statusCode).toBe(404);
  expect((await stranger('GET', `/shared/${link}`)).statusCode).toBe(200);
});

it.each(['x', 'x'.repeat(31), `${'x'.repeat(31)}%25`, `${'x'.repeat(31)}'`])(
  'has no link like %j',
  async (link) => expect((await stranger('GET', `/shared/${link}`)).statusCode).toBe(400),
);
