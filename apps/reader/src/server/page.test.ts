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
  ])('%s is a page', (path, preload) =>
    expect(describePage(path)).toEqual({ status: 200, preload }),
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
  ])('%s is none', (path) => expect(describePage(path)).toEqual({ status: 404, preload: [] }));
});
