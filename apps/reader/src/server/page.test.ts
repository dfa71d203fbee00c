import { describe, expect, it } from 'vitest';
import { describePage } from './page.ts';

describe('describePage', () => {
  it.each([
    ['/', ['/api/v1/volumes']],
    ['/alma', ['/api/v1/books/alma']],
    ['/alma/32', ['/api/v1/chapters/alma.32']],
    ['/1-ne/1', ['/api/v1/chapters/1-ne.1', '/api/v1/books/1-ne']],
    ['/alma/32/21-23', ['/api/v1/chapters/alma.32']],
    ['/ps/3/0', ['/api/v1/chapters/ps.3']],
    ['/word/H7225', ['/api/v1/words/H7225']],
    ['/map/alma.32.21', []],
    ['/search', []],
    ['/sources', ['/api/v1/corpus']],
    ['/notebook', []],
    ['/notebook/0199e6b4-7c00-7abc-8def-0123456789ab', []],
    ['/shared/a-link', []],
    ['/history', []],
    ['/account', []],
    ['/account/sign-in', []],
    ['/account/reset', []],
    ['/account/confirm', []],
  ])('%s is a page', (path, preload) =>
    expect(describePage(path)).toMatchObject({ status: 200, preload }),
  );

  it.each([
    '/mal/5',
    '/alma/32/99',
    '/alma/032',
    '/alma/32/x',
    '/alma/32/21/more',
    '/nowhere',
    '/word',
    '/search/more',
    '/shared',
    '/history/more',
    '/notebook/a/b',
    '/account/nowhere',
    '/account/reset/more',
    '/__proto__',
  ])('%s is none', (path) =>
    expect(describePage(path)).toMatchObject({ status: 404, preload: [] }),
  );

  it.each([
    ['/', 'GospeLib'],
    ['/alma', 'Alma · GospeLib'],
    ['/alma/32', 'Alma 32 · GospeLib'],
    ['/alma/32/21-23', 'Alma 32:21–23 · GospeLib'],
    ['/matt/5/48-', 'Matthew 5:48 · GospeLib'],
    ['/matt/5/47-99', 'Matthew 5:47–48 · GospeLib'],
    ['/word/H7225', 'H7225 · GospeLib'],
    ['/map/alma.32.21', 'Study map of Alma 32:21 · GospeLib'],
    ['/search?q=tree+of+life', 'Search: tree of life · GospeLib'],
    ['/account/confirm', 'Account · GospeLib'],
    ['/notebook/0199e6b4-7c00-7abc-8def-0123456789ab', 'Notebook · GospeLib'],
    ['/mal/5', 'Not found · GospeLib'],
  ])('%s is called %s', (address, title) => {
    const { pathname, searchParams } = new URL(address, 'http://reader');
    expect(describePage(pathname, searchParams).words.title).toBe(title);
  });
});
