import { topicResponse, topicsResponse } from '@gospelib/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SmallApp, startSmallApp } from '../testing/small.app.ts';

let small: SmallApp;
beforeAll(async () => {
  small = await startSmallApp('full');
});
afterAll(() => small.stop());

describe('topics', () => {
  it('come by name, those that begin as typed first', async () => {
    const { items } = await small.get('topics', topicsResponse);
    expect(items.map(({ slug }) => slug)).toEqual(['aaron', 'belief', 'faith']);
    const found = await small.get('topics?q=F', topicsResponse);
    expect(found.items.map(({ slug }) => slug)).toEqual(['faith', 'belief']);
  });

  it('are paged', async () => {
    const first = await small.get('topics?limit=2', topicsResponse);
    const second = await small.get(`topics?limit=2&cursor=${first.next}`, topicsResponse);
    expect(first.total).toBe(3);
    expect(second).toEqual({ total: 3, items: [{ slug: 'faith', name: 'Faith', passages: 4 }] });
  });

  it('one points to books, chapters and verses, and to other topics', async () => {
    const topic = await small.get('topics/faith', topicResponse);
    expect(topic.seeAlso).toEqual([{ slug: 'belief', name: 'Belief' }]);
    expect(topic.about.items.map(({ id, text }) => [id, text !== undefined])).toEqual([
      ['rom', false],
      ['rom.4', false],
      ['john.3.16', true],
      ['rom.5.1', true],
    ]);
    expect(await small.get('topics/topic:faith', topicResponse)).toEqual(topic);
    const page = await small.get('topics/faith?limit=3', topicResponse);
    const rest = await small.get(`topics/faith?limit=3&cursor=${page.about.next}`, topicResponse);
    expect(rest.about.items.map(({ reference }) => reference)).toEqual(['Romans 5:1']);
  });

  it('an unknown one is not found', async () => {
    expect(await small.problem('topics/nope')).toMatchObject({ status: 404, code: 'not-found' });
  });
});
