import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type Account, openAccount } from './account.ts';
import { startBrowser } from './browser.ts';
import { platformAt } from './platform.ts';
import { openReader, phone } from './reader.ts';
import { chooseVerse, openReaderAs, untilListening } from './signed-in.reader.ts';
import { kept, makeOne } from './study.maker.ts';

const place = inject('place');
const { origin } = platformAt(place);
let browser: Browser | undefined;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());
beforeEach((test) => test.skip(browser === undefined, 'no Chromium'));

function chromium(): Browser {
  if (browser === undefined) throw new Error('no Chromium');
  return browser;
}
const openAs = (account: Account, path: string, options = {}) =>
  openReaderAs(chromium(), origin, account, path, options);

const verse = (page: Page, number: number): Locator => page.locator(`[data-verse="${number}"]`);
/** Polls as long as a busy machine may need. */
const soon = <T>(read: () => T) => expect.poll(read);
const said = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });

/**
 * As with the pointer on it a message stays, with its way back: on a busy machine its eight seconds are over before the
 * test has looked at what else is there.
 */
const holdMessages = (page: Page): Promise<void> =>
  page.locator('.toast-place').dispatchEvent('pointerover');

/** Selects words as a pointer does: from the beginning of one to the end of another. */
async function selectWords(page: Page, number: number, first: string, last: string) {
  const ends = await verse(page, number).evaluate(
    (element, words) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const found: { x: number; y: number }[] = [];
      while (walker.nextNode()) {
        const node = walker.currentNode as Text;
        words.forEach((word, index) => {
          const at = node.data.indexOf(word);
          if (at < 0 || found[index]) return;
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + word.length);
          const box = range.getBoundingClientRect();
          found[index] = {
            x: index === 0 ? box.left + 1 : box.right - 1,
            y: box.top + box.height / 2,
          };
        });
      }
      return found;
    },
    [first, last],
  );
  const [from, to] = ends;
  if (!from || !to) throw new Error(`Verse ${number} has no “${first} … ${last}”.`);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

/** The words that are painted in a colour, as the browser has them. */
function painted(page: Page, color: string): Promise<string[]> {
  return page.evaluate((name) => {
    const highlight = CSS.highlights.get(`study-${name}`);
    return [...(highlight ?? [])].map((range) => (range as Range).toString());
  }, color);
}

describe('two people', () => {
  it('mark the same chapter, and each sees only their own', async () => {
    const [first, second] = await Promise.all([openAccount(place), openAccount(place)]);
    const [one, other] = await Promise.all([openAs(first, '/alma/32'), openAs(second, '/alma/32')]);
    // What comes later moves the words from under the pointer.
    await untilListening(one.page);
    await one.page.waitForLoadState('networkidle');
    await verse(one.page, 21).scrollIntoViewIfNeeded();
    await selectWords(one.page, 21, 'faith is not', 'knowledge');
    await one.page.getByRole('button', { name: 'Highlight: Green' }).click();
    await said(one.page, 'Alma 32:21 highlighted').waitFor();
    await chooseVerse(other.page, 21);
    await other.page.keyboard.press('5');
    await said(other.page, 'Alma 32:21 highlighted').waitFor();
    await other.page.keyboard.press('b');
    await said(other.page, 'Bookmark set').waitFor();

    for (const { page } of [one, other]) {
      await soon(() => page.getByText('not saved yet').count()).toBe(0);
      await page.reload();
      await page.getByRole('heading', { level: 1 }).waitFor();
    }
    await soon(() => painted(one.page, 'green')).toEqual([
      'faith—faith is not to have a perfect knowledge',
    ]);
    await soon(async () => (await painted(other.page, 'blue')).length).toBe(1);
    expect(await painted(one.page, 'blue')).toEqual([]);
    expect(await painted(other.page, 'green')).toEqual([]);
    expect(await verse(one.page, 21).getByRole('img', { name: 'Bookmark' }).count()).toBe(0);
    await verse(other.page, 21).getByRole('img', { name: 'Bookmark' }).waitFor();
    expect([...one.faults, ...other.faults]).toEqual([]);
    await Promise.all([one.close(), other.close()]);
  });

  it('who is not signed in reads all the same, and is led to signing in and back', async () => {
    const { page, faults, close } = await openReader(chromium(), origin, '/alma/32/21');
    await soon(async () => {
      await page.keyboard.press('h');
      return said(page, 'Sign in to highlight').count();
    }).toBe(1);
    await page.getByRole('link', { name: 'Sign in' }).last().click();
    await page.waitForURL((url) => /^\/alma\/32\/21#v\d+$/.test(url.searchParams.get('to') ?? ''));
    expect(faults).toEqual([]);
    await close();
  });
});

describe('what was made', () => {
  it('is undone, by the button and by the key', async () => {
    const account = await openAccount(place);
    const { page, faults, close } = await openAs(account, '/alma/32');
    await page.waitForLoadState('networkidle');
    await holdMessages(page);
    await chooseVerse(page, 3);
    await page.keyboard.press('2');
    await soon(async () => (await painted(page, 'orange')).length).toBe(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await soon(() => painted(page, 'orange')).toEqual([]);
    await holdMessages(page);
    await chooseVerse(page, 3);
    await page.keyboard.press('b');
    await said(page, 'Bookmark set').waitFor();
    await page.keyboard.press('u');
    await verse(page, 3).getByRole('img', { name: 'Bookmark' }).waitFor({ state: 'detached' });
    await soon(() => kept(account, 'highlights')).toEqual([]);
    await soon(() => kept(account, 'bookmarks')).toEqual([]);
    expect(faults).toEqual([]);
    await close();
  });

  it('takes words by the keyboard, and a note leads to what it names', async () => {
    const account = await openAccount(place);
    const { page, faults, close } = await openAs(account, '/alma/32');
    await page.waitForLoadState('networkidle');
    await chooseVerse(page, 21);
    for (let word = 0; word < 3; word += 1) await page.keyboard.press('Shift+ArrowRight');
    expect(await page.evaluate(() => getSelection()?.toString())).toBe('And now as');
    await page.getByRole('toolbar', { name: 'Mark Alma 32:21' }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Your note' }).fill('Compare **Ether 12:6**.');
    await page.getByRole('textbox', { name: 'Tags' }).fill('faith, seed');
    await page.keyboard.press('Control+Enter');
    await said(page, 'Note saved').waitFor();
    await verse(page, 21).getByRole('link', { name: '1 note' }).click();
    const own = page.getByRole('region', { name: 'Your own' });
    await own.getByRole('link', { name: 'Ether 12:6' }).click();
    await page.waitForURL(`${origin}/ether/12/6`);
    const [note] = await kept<{ words: object; tags: string[] }>(account, 'notes');
    expect(note).toMatchObject({ words: { start: 0, end: 3 }, tags: ['faith', 'seed'] });
    await page.goto(`${origin}/ether/12/6?show=connections`);
    await own.getByText('Named in a note').waitFor();
    expect(faults).toEqual([]);
    await close();
  });
});

describe('without a connection', () => {
  it('is written, outlives the page, and is there once when the connection is back', async () => {
    const account = await openAccount(place);
    const { page, close } = await openAs(account, '/alma/32');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Alma 32' }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.context().setOffline(true);
    await chooseVerse(page, 28);
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Your note' }).fill('Written on a mountain.');
    await page.keyboard.press('Control+Enter');
    await said(page, 'Note saved').waitFor();
    await chooseVerse(page, 29);
    await page.keyboard.press('4');
    await page.getByRole('link', { name: '2 not saved yet' }).waitFor();

    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Alma 32' }).waitFor();
    await page.getByRole('link', { name: '2 not saved yet' }).waitFor();
    await verse(page, 28).getByRole('link', { name: '1 note' }).waitFor();
    expect((await painted(page, 'green')).length).toBe(1);
    expect(await kept(account, 'notes')).toEqual([]);

    // Back, in two pages at once.
    const second = await page.context().newPage();
    await page.context().setOffline(false);
    await second.goto(`${origin}/alma/32`);
    await page.getByRole('link', { name: 'not saved yet' }).waitFor({ state: 'detached' });
    expect((await kept<{ body: string }>(account, 'notes')).map(({ body }) => body)).toEqual([
      'Written on a mountain.',
    ]);
    expect((await kept(account, 'highlights')).length).toBe(1);
    await verse(second, 28).getByRole('link', { name: '1 note' }).waitFor();
    await close();
  });
});

describe('another reader of the same browser', () => {
  it('gets nothing of what the one before could not send; that one is told, and finds it again', async () => {
    const [first, second] = await Promise.all([openAccount(place), openAccount(place)]);
    const { page, close } = await openAs(first, '/alma/32');
    await page.waitForLoadState('networkidle');
    // The library does not take writes for a while.
    const writes = '**/api/v1/study/bookmarks/**';
    await page.route(writes, (route) => route.fulfill({ status: 503 }));
    await chooseVerse(page, 21);
    await page.keyboard.press('b');
    await page.getByRole('link', { name: '1 not saved yet' }).waitFor();
    await page.getByRole('button', { name: 'Account of Somebody' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('alert').filter({ hasText: 'only on this device yet' }).waitFor();
    await page.getByRole('button', { name: 'Sign out and keep it here' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await page.unroute(writes);

    const signIn = async ({ email, password }: Account) => {
      await page.goto(`${origin}/account/sign-in?to=/alma/32`);
      const form = page.getByRole('form', { name: 'Sign in' });
      await form.getByLabel('E-mail').fill(email);
      await form.getByLabel('Password', { exact: true }).fill(password);
      await form.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL(`${origin}/alma/32`);
      await page.waitForLoadState('networkidle');
    };
    const mark = verse(page, 21).getByRole('img', { name: 'Bookmark' });
    const unsaved = page.getByRole('link', { name: 'not saved yet' });
    await signIn(second);
    expect([await mark.count(), await unsaved.count()]).toEqual([0, 0]);
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();

    const sent = page.waitForResponse(
      (response) =>
        response.request().method() === 'PUT' && response.url().includes('/study/bookmarks/'),
    );
    await signIn(first);
    expect((await sent).status()).toBe(201);
    await mark.waitFor();
    await unsaved.waitFor({ state: 'detached' });
    expect(await kept(second, 'bookmarks')).toEqual([]);
    await close();
  });
});

describe('two places at once', () => {
  it('shows both texts of a note, and keeps what its reader makes of them', async () => {
    const account = await openAccount(place);
    const first = await openAs(account, '/notebook');
    await first.page.getByRole('button', { name: 'New note' }).click();
    await first.page.getByRole('textbox', { name: 'Your note' }).fill('At first');
    await first.page.keyboard.press('Control+Enter');
    await first.page.getByRole('article').getByText('At first').waitFor();
    await soon(async () => (await kept(account, 'notes')).length).toBe(1);
    const second = await openAs(account, '/notebook');
    for (const [index, { page }] of [first, second].entries()) {
      await page.getByRole('button', { name: 'Edit' }).click();
      await page.getByRole('textbox', { name: 'Your note' }).fill(`Of place ${index + 1}`);
    }
    await first.page.keyboard.press('Control+Enter');
    await soon(async () => (await kept<{ body: string }>(account, 'notes'))[0]?.body).toBe(
      'Of place 1',
    );
    await second.page.keyboard.press('Control+Enter');
    await second.page.getByRole('link', { name: '1 change needs you' }).click();
    const conflict = second.page.getByRole('region', { name: 'Changed in two places' });
    await conflict.getByRole('article', { name: 'Yours' }).getByText('Of place 2').waitFor();
    await conflict.getByRole('article', { name: 'kept now' }).getByText('Of place 1').waitFor();
    expect((await kept<{ body: string }>(account, 'notes'))[0]?.body).toBe('Of place 1');
    await conflict.getByRole('button', { name: 'Make one of both' }).click();
    await conflict.getByRole('button', { name: 'Save this' }).click();
    await second.page.getByText('Everything is saved.').waitFor();
    expect((await kept<{ body: string }>(account, 'notes')).map(({ body }) => body)).toEqual([
      'Of place 1\n\nOf place 2',
    ]);
    await Promise.all([first.close(), second.close()]);
  });
});

describe('the notebook', () => {
  it('searches, narrows, pages, deletes with a way back, and goes out and in as a file', async () => {
    const account = await openAccount(place);
    const make = (kind: string, input: object) => makeOne(account, kind, input);
    for (let number = 1; number <= 22; number += 1) {
      await make('notes', { passage: `ps.${number}.1`, body: `Psalm ${number}`, tags: [] });
    }
    await make('notes', { passage: 'alma.32.28', body: 'A seed that swells', tags: ['growth'] });
    await make('highlights', { passage: 'alma.32.28', color: 'red', tags: [] });
    await make('highlights', { passage: 'ps.23.1', color: 'blue', tags: [] });

    const { page, faults, close } = await openAs(account, '/notebook');
    const cards = page.getByRole('article');
    await cards.first().waitFor();
    expect(await cards.count()).toBe(20);
    await page.getByRole('button', { name: 'More notes' }).click();
    await soon(() => cards.count()).toBe(23);
    await page.getByRole('searchbox', { name: 'Search in your notes' }).fill('seeds');
    await page.keyboard.press('Enter');
    await page.getByRole('listitem').filter({ hasText: 'seed that swells' }).waitFor();
    await page.goto(`${origin}/notebook`);
    await page.getByLabel('Tag').selectOption('growth');
    await soon(() => cards.count()).toBe(1);
    await page.goto(`${origin}/notebook`);
    await page.getByLabel('Book').selectOption('alma');
    await soon(() => cards.count()).toBe(1);
    await page.getByRole('button', { name: 'Delete' }).click();
    await holdMessages(page);
    await soon(() => cards.count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await soon(() => cards.count()).toBe(1);
    await page.getByRole('link', { name: 'Highlights' }).click();
    await soon(() => cards.count()).toBe(2);
    await page.getByRole('link', { name: 'Blue' }).click();
    await soon(() => cards.count()).toBe(1);
    await page.getByText('The LORD is my shepherd').waitFor();
    await page.getByRole('button', { name: 'Tags' }).click();
    await page.getByRole('textbox', { name: /^Tags of the highlight/ }).fill('rest, shepherd');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'shepherd' }).waitFor();
    await soon(
      async () => (await kept<{ tags: string[] }>(account, 'highlights'))[0]?.tags,
    ).toEqual(['rest', 'shepherd']);

    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save to a file' }).click();
    const file = await (await saving).path();
    const other = await openAs(await openAccount(place), '/notebook');
    await other.page.getByLabel('A file that was saved here').setInputFiles(file);
    await other.page.getByRole('button', { name: 'Bring back' }).click();
    await other.page.getByText('25 things brought back').waitFor();
    await other.page.getByText('A seed that swells').waitFor();
    expect([...faults, ...other.faults]).toEqual([]);
    await Promise.all([close(), other.close()]);
  });

  it('fits a phone, also with the bar that a selection brings', async () => {
    const account = await openAccount(place);
    const { page, close } = await openAs(account, '/alma/32', phone);
    await page.waitForLoadState('networkidle');
    await verse(page, 21).evaluate((element) => {
      element.scrollIntoView({ block: 'center' });
      getSelection()?.selectAllChildren(element);
    });
    const bar = page.getByRole('toolbar', { name: 'Mark Alma 32:21' });
    await bar.waitFor();
    const box = await bar.boundingBox();
    expect(box && [box.x, box.x + box.width]).toEqual([0, 360]);
    await bar.getByRole('button', { name: 'Highlight: Purple' }).tap();
    await said(page, 'Alma 32:21 highlighted').waitFor();
    await soon(async () => (await kept(account, 'highlights')).length).toBe(1);
    for (const path of ['/notebook?show=highlights', '/notebook', '/collections', '/history']) {
      await page.goto(origin + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([path, width]).toEqual([path, 360]);
    }
    await close();
  });
});
