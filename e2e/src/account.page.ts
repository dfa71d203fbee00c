import type { BrowserContext, Page } from 'playwright-core';
import type { Platform } from './platform.ts';

/** The link to `path` in the newest mail to an address, as its owner finds it with `./gl mail`. */
export async function mailedLink({ gl }: Platform, email: string, path: string): Promise<string> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const { mails } = JSON.parse(await gl('mail', email, '--json')) as {
      readonly mails: { readonly text: string }[];
    };
    const [mail] = mails;
    const link = mail && /https?:\/\/\S+/.exec(mail.text)?.[0];
    if (link?.includes(path)) return link; // else the mail before: this one is still under way
  }
  throw new Error(`no mail with a link to ${path} came to ${email}`);
}

/** Fills the form of the sign-in page and sends it. */
export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  const form = page.getByRole('form', { name: 'Sign in' });
  await form.getByLabel('E-mail').fill(email);
  await form.getByLabel('Password', { exact: true }).fill(password);
  await form.getByRole('button', { name: 'Sign in' }).click();
}

/** How many chapters' marks the device keeps. */
export const keptMarks = (page: Page): Promise<number> => kept(page, 'marks');

/** How many changes the device keeps until the library has them. */
export const keptChanges = (page: Page): Promise<number> => kept(page, 'changes');

function kept(page: Page, store: string): Promise<number> {
  return page.evaluate(async (name) => {
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    if (!(await indexedDB.databases()).some((one) => one.name === 'gospelib-study')) return 0;
    const database = await answer(indexedDB.open('gospelib-study'));
    const count = await answer(database.transaction(name).objectStore(name).count());
    database.close();
    return count;
  }, store);
}

/** Requests about who reads. */
export function watchPersonal(context: BrowserContext): string[] {
  const asked: string[] = [];
  context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/^\/api\/v1\/(auth|account|study)/.test(pathname)) asked.push(pathname);
  });
  return asked;
}
