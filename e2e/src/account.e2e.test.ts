import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { fillSignIn, keptChanges, keptMarks, mailedLink, watchPersonal } from './account.page.ts';
import { type Account, openAccount, openSession } from './account.ts';
import { startBrowser } from './browser.ts';
import { ask } from './http.client.ts';
import { platformAt } from './platform.ts';
import { openReader } from './reader.ts';
import { chooseVerse, openReaderAs } from './signed-in.reader.ts';

const place = inject('place');
const platform = platformAt(place);
const { origin } = platform;
let browser: Browser | undefined;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());
beforeEach((test) => test.skip(browser === undefined, 'no Chromium'));

async function open(path: string, options = {}) {
  if (browser === undefined) throw new Error('no Chromium');
  return openReader(browser, origin, path, options);
}

/** A browser of its own in which somebody is signed in. */
async function signedIn(account: Account, path = '/account') {
  if (browser === undefined) throw new Error('no Chromium');
  const session = await openSession(place, account);
  return openReaderAs(browser, origin, { ...session, name: 'Naomi' }, path);
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

describe('signed out', () => {
  it('reads everything without a request about who reads', async () => {
    if (browser === undefined) throw new Error('no Chromium');
    const context = await browser.newContext();
    const asked = watchPersonal(context);
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(`${origin}/alma/32`);
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await page.clock.fastForward(60_000); // what a page does late is done by now
    await page.waitForLoadState('networkidle');
    expect(asked).toEqual([]);
    await context.close();
  });

  it('is told why a sign-in has to wait', async () => {
    const { page, close } = await open('/account/sign-in');
    const email = `${randomUUID()}@example.org`;
    const password = page.getByLabel('Password', { exact: true });
    const form = page.getByRole('form', { name: 'Sign in' });
    await fillSignIn(page, email, 'wrong');
    await page.getByText('The e-mail or the password is wrong.').waitFor();
    expect(await password.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await password.getAttribute('aria-invalid')).toBe('true');
    const refusal = form.getByRole('alert').filter({ hasText: 'tried too often' });
    // A slow machine sits the first waits out; they double.
    for (let attempt = 0; attempt < 12 && (await refusal.count()) === 0; attempt += 1) {
      const answer = page.waitForResponse((response) => response.url().endsWith('/sign-in/email'));
      await fillSignIn(page, email, `wrong ${attempt}`);
      await answer;
      await form.and(page.locator('[aria-busy="false"]')).waitFor();
    }
    expect(await refusal.textContent()).toMatch(/Try again in (a second|\d+ seconds)\./);
    await close();
  });
});

describe('a new reader', () => {
  it('signs up, opens the mailed link, signs in and out', async () => {
    const email = `ruth-${randomUUID()}@example.org`;
    const password = 'gleaning in the field';
    const { page, close } = await open('/alma/32');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Make an account' }).click();
    await heading(page, 'Make an account').waitFor();
    await page.getByLabel('Name').fill('A reader');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('0123456789');
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByText('The password is a row of keys.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await heading(page, 'Check your mail').waitFor();
    const link = await mailedLink(platform, email, '/account/confirm#token=');

    await page.getByRole('link', { name: 'To sign in' }).click();
    await fillSignIn(page, email, password);
    await page.getByRole('button', { name: 'Send the link again' }).waitFor();

    await page.goto(link);
    await heading(page, 'Confirm your address').waitFor();
    expect(new URL(page.url()).hash).toBe('');
    await page.getByLabel('Password', { exact: true }).fill('not that one');
    await page.getByRole('button', { name: 'Confirm', exact: true }).click();
    await page.getByText('The password is not the one given at sign-up.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await heading(page, 'Your address is confirmed').waitFor();
    await page.getByRole('link', { name: 'Sign in' }).last().click();
    await fillSignIn(page, email, password);
    await heading(page, 'A reader').waitFor();
    await page.getByText('this one').waitFor();

    await page.goto(`${origin}/alma/32`);
    await page.getByRole('button', { name: 'Account of A reader' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).and(page.locator(':focus')).waitFor();
    expect(new URL(page.url()).pathname).toBe('/alma/32');
    await close();
  });

  it('finds the way when the link is old, broken or not whole', async () => {
    const { page, close } = await open('/account?verified=expired');
    await heading(page, 'This link is too old').waitFor();
    await page.getByLabel('E-mail').fill(`${randomUUID()}@example.org`);
    await page.getByRole('button', { name: 'Send a new link' }).click();
    await heading(page, 'Check your mail').waitFor();
    await page.goto(`${origin}/api/v1/auth/verify-email?token=${'x'.repeat(40)}`);
    await heading(page, 'This link is too old').waitFor();
    await page.goto(`${origin}/account/confirm`);
    await heading(page, 'This link does not work').waitFor();
    await page.goto(`${origin}/account/confirm#token=${'x'.repeat(24)}`);
    await page.getByRole('button', { name: 'Choose a new password' }).click();
    await page.getByLabel('New password', { exact: true }).fill('a long new password');
    await page.getByRole('button', { name: 'Confirm with this password' }).click();
    await page.getByText('If the address is confirmed already, sign in.').waitFor();
    await page.goto(`${origin}/account/reset`);
    await heading(page, 'This link is not whole').waitFor();
    await page.goto(`${origin}/account/reset#token=${'x'.repeat(24)}`);
    await page.getByLabel('New password', { exact: true }).fill('a long new password');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('This link does not work any more').waitFor();
    await close();
  });
});

it('a token whose session was ended is refused by the gateway and by study itself, others of the reader are not', async () => {
  const account = await openAccount(place, 'Naomi');
  const authorization = `Bearer ${await account.token()}`;
  const other = await openSession(place, account);
  const notes = '/api/v1/study/notes';
  const study = `http://localhost:${place.portBase + 40}${notes}`;
  const statuses = async (headers: Record<string, string>) => {
    const answers = [ask(origin + notes, { headers, from: account.from }), ask(study, { headers })];
    return (await Promise.all(answers)).map(({ status }) => status);
  };
  expect(await statuses({ authorization })).toEqual([200, 200]);
  await ask(`${origin}/api/v1/account/sessions`, {
    method: 'DELETE',
    headers: { origin, cookie: other.cookie },
    from: account.from,
  });
  await expect.poll(() => statuses({ authorization })).toEqual([401, 401]);
  const fetched = await ask(`${origin}/api/v1/auth/token`, {
    headers: { cookie: other.cookie },
    from: account.from,
  });
  const { token } = fetched.json<{ token: string }>();
  expect(await statuses({ authorization: `Bearer ${token}` })).toEqual([200, 200]);
});

describe('a reader with two browsers', () => {
  let account: Account;
  beforeAll(async () => {
    account = await openAccount(place, 'Naomi');
  });

  it('ends the session of one from the other', async () => {
    const here = await signedIn(account);
    const there = await signedIn(account, '/alma/32');
    await here.page.reload();
    await here.page
      .getByRole('button', { name: /^End the session of/ })
      .first()
      .waitFor();
    // The newest is first: the other browser's.
    await here.page
      .getByRole('button', { name: /^End the session of/ })
      .first()
      .click();
    await here.page.getByText('A session was ended').waitFor();
    await there.page.goto(`${origin}/account`);
    await heading(there.page, 'Sign in').waitFor();
    await Promise.all([here.close(), there.close()]);
  });

  it('changes the password, which ends the other session', async () => {
    const here = await signedIn(account);
    const there = await signedIn(account);
    const { page } = here;
    await page.getByText('Change your password').click();
    await page.getByLabel('Present password', { exact: true }).fill('not that one');
    await page.getByLabel('New password', { exact: true }).fill('whither thou goest');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('The password is wrong.').waitFor();
    await page.getByLabel('Present password', { exact: true }).fill(account.password);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('every other session was ended').waitFor();
    account = { ...account, password: 'whither thou goest' };
    await page.reload();
    await heading(page, 'Naomi').waitFor();
    await there.page.reload();
    await heading(there.page, 'Sign in').waitFor();
    await Promise.all([here.close(), there.close()]);
  });

  it('is not signed out by an outage, nor without a connection', async () => {
    const { page, close } = await signedIn(account, '/alma/32');
    const name = page.getByRole('button', { name: 'Account of Naomi' });
    await page.route('**/api/v1/account', (route) => route.fulfill({ status: 503, body: '' }));
    const asked = page.waitForResponse((response) => response.url().endsWith('/api/v1/account'));
    await page.reload();
    await name.waitFor();
    expect((await asked).status()).toBe(503);
    await page.unroute('**/api/v1/account');
    await page.route('**/api/v1/auth/sign-out', (route) => route.abort('internetdisconnected'));
    await name.click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('alert').filter({ hasText: 'No answer came' }).waitFor();
    await name.waitFor();
    await close();
  });

  it('is forgotten with the browser by who wants no more', async () => {
    const { page, close } = await open('/account/sign-in?to=/alma/32');
    await page.getByLabel('Keep me signed in on this device').uncheck();
    await fillSignIn(page, account.email, account.password);
    await page.getByRole('button', { name: 'Account of Naomi' }).waitFor();
    const context = page.context();
    const lasting = (await context.cookies()).filter(({ expires }) => expires !== -1);
    expect(lasting).toEqual([]);
    await page.reload();
    await page.getByRole('button', { name: 'Account of Naomi' }).waitFor();
    await expect.poll(() => keptMarks(page)).toBeGreaterThan(0);
    await page.waitForLoadState('networkidle'); // what it asks for as a reader's page, it has asked for
    await context.clearCookies(); // as a browser does when it is closed
    const asked = watchPersonal(context);
    await page.reload();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await expect.poll(() => keptMarks(page)).toBe(0);
    expect(asked).toEqual([]);
    await close();
  });

  it('is told before signing out that something is only on this device yet', async () => {
    const { page, close } = await signedIn(account);
    await page.goto(`${origin}/alma/32`);
    await page.waitForLoadState('networkidle');
    await chooseVerse(page, 21);
    await page.route('**/api/v1/study/**', (route) => route.fulfill({ status: 503, body: '' }));
    await page.keyboard.press('1');
    await page.getByRole('status').filter({ hasText: 'Alma 32:21 highlighted' }).waitFor();
    await page.getByRole('button', { name: 'Account of Naomi' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('alert').filter({ hasText: 'only on this device yet' }).waitFor();
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out and keep it here' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await page.unroute('**/api/v1/study/**');
    await page.getByRole('link', { name: 'Sign in' }).click();
    const saved = page.waitForResponse((response) => response.url().includes('/study/highlights'));
    await fillSignIn(page, account.email, account.password);
    expect((await saved).ok()).toBe(true);

    await page.route('**/api/v1/study/**', (route) => route.fulfill({ status: 503, body: '' }));
    await chooseVerse(page, 22);
    await page.keyboard.press('1');
    await page.getByRole('status').filter({ hasText: 'Alma 32:22 highlighted' }).waitFor();
    await page.getByRole('button', { name: 'Account of Naomi' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out and discard it' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await expect.poll(() => keptChanges(page)).toBe(0);
    await close();
  });

  it('chooses a new password by mail', async () => {
    const { page, close } = await open('/account/sign-in');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByLabel('E-mail').fill(account.email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await heading(page, 'Check your mail').waitFor();
    const link = await mailedLink(platform, account.email, '/account/reset#token=');
    await page.goto(link);
    await page.getByLabel('New password', { exact: true }).fill('thy people shall be');
    expect(new URL(page.url()).hash).toBe('');
    await page.getByRole('link', { name: 'Skip to the text' }).press('Enter'); // to #main: no token, and no loss of it
    await page.getByRole('button', { name: 'Change the password' }).click();
    await heading(page, 'Your password is changed').waitFor();
    await page.getByRole('link', { name: 'Sign in' }).last().click();
    await fillSignIn(page, account.email, account.password);
    await page.getByText('The e-mail or the password is wrong.').waitFor();
    account = { ...account, password: 'thy people shall be' };
    await fillSignIn(page, account.email, account.password);
    await heading(page, 'Naomi').waitFor();
    await close();
  });

  it('changes the name, which every tab shows', async () => {
    const { page, close } = await signedIn(account);
    const tab = await page.context().newPage();
    await tab.goto(`${origin}/alma/32`);
    await page.getByText('Change your name').click();
    await page.getByLabel('Name', { exact: true }).fill('Another name');
    await page.getByRole('button', { name: 'Keep this name' }).click();
    await heading(page, 'Another name').waitFor();
    await tab.getByRole('button', { name: 'Account of Another name' }).waitFor();
    await close();
  });

  it('takes everything along', async () => {
    const { page, close } = await signedIn(account);
    const save = async (button: string): Promise<string> => {
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: button }).click();
      return readFile(await (await download).path(), 'utf8');
    };
    const own = JSON.parse(await save('Save my account')) as object;
    expect(own).toMatchObject({ format: 'gospelib-account-1', account: { email: account.email } });
    const lines = (await save('Save what I made')).trimEnd().split('\n');
    const types = lines.map((line) => (JSON.parse(line) as { type: string }).type);
    // The chapters read so far are in it too, as far as their pages have told by now.
    const made = types.filter((type) => type !== 'history');
    expect(made).toEqual(['gospelib-study', 'highlight', 'end']);
    await close();
  });

  it('deletes the account for good, in every tab', async () => {
    const { page, close } = await signedIn(account);
    const tab = await page.context().newPage();
    await tab.goto(`${origin}/alma/32`);
    await tab.getByRole('button', { name: /^Account of/ }).waitFor();
    await page.getByRole('link', { name: 'Delete the account for good…' }).click();
    await page.getByLabel('Password', { exact: true }).fill(account.password);
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('Type the word “delete”.').waitFor();
    await page.getByLabel('Type “delete” to make sure').fill('delete');
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await heading(page, 'Your account is deleted').waitFor();
    await page.getByText('nothing of it can appear any more').waitFor();
    await tab.getByRole('link', { name: 'Sign in' }).waitFor();
    await page.goto(`${origin}/account/sign-in`);
    await fillSignIn(page, account.email, account.password);
    await page.getByText('The e-mail or the password is wrong.').waitFor();
    await close();
  });
});
