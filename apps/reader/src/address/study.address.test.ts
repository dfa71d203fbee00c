import { expect, it } from 'vitest';
import { type NotebookAddress, notebookPath, parseNotebook } from './study.address.ts';

it.each<[string, NotebookAddress]>([
  ['/notebook', { view: 'notes' }],
  ['/notebook?q=seed+of+faith&tag=a%26b', { view: 'notes', q: 'seed of faith', tag: 'a&b' }],
  [
    '/notebook?show=highlights&color=green&book=alma',
    { view: 'highlights', color: 'green', book: 'alma' },
  ],
])('%s reads and writes the same', (path, address) => {
  expect(notebookPath(address)).toBe(path);
  expect(parseNotebook(new URL(path, 'http://x').searchParams)).toEqual({
    q: undefined,
    tag: undefined,
    color: undefined,
    book: undefined,
    ...address,
  });
});

it('takes what it does not know for nothing', () => {
  const params = new URLSearchParams('show=secrets&color=mauve');
  expect(parseNotebook(params)).toMatchObject({ view: 'notes', color: undefined });
});
