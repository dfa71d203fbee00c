import { sendPlaces } from '../history/place.sender.ts';
import { forgetCopies } from '../outbox/forget.ts';
import { discardUnsaved } from '../outbox/unsaved.ts';
import { resources } from '../resource/use.resource.ts';
import { session } from '../session/session.store.ts';
import { forgetStorage } from '../settings/storage.ts';
import { outbox, signedInAs, studyDatabase } from './study.ts';

let started = false;

/** Starts sending changes whenever possible, and follows who is signed in. */
export function startStudy(): void {
  if (started) return;
  started = true;
  let before = signedInAs();
  const follow = () => {
    const account = signedInAs();
    const left = before !== account ? before : undefined;
    before = account;
    if (left !== undefined) quietly(() => leave(left));
    if (account !== undefined || left !== undefined) quietly(wake);
  };
  session.subscribe(follow);
  session.onAccountDeleted((account) => quietly(() => forget(account)));
  outbox.subscribe(refreshLists());
  addEventListener('online', () => quietly(wake));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') quietly(wake);
  });
  if (before !== undefined) quietly(wake);
}

/** Removes copies of data that the server has. */
async function leave(account: string): Promise<void> {
  forgetStorage(`gospelib.reading.${account}`);
  await forgetCopies(await studyDatabase(), account);
}

async function forget(account: string): Promise<void> {
  forgetStorage(`gospelib.reading.${account}`);
  await discardUnsaved(account);
}

/** Refetches counts and searches of the server after a change was confirmed. */
function refreshLists(): () => void {
  let known = outbox.state.heard;
  return () => {
    const { account, heard } = outbox.state;
    if (heard === known) return;
    known = heard;
    for (const list of ['tags', 'search']) resources.expire(`study ${account} ${list}`);
  };
}

async function wake(): Promise<void> {
  await outbox.refresh();
  await outbox.drain();
  await sendPlaces();
}

/** Ignores failures: this work is retried on the next occasion, and writes report their own failures. */
function quietly(work: () => Promise<void>): void {
  work().catch((error: unknown) => console.warn('The reader’s own store did not answer.', error));
}
