import { sendPlaces } from '../history/place.sender.ts';
import { forgetAccount, forgetCopies } from '../outbox/forget.ts';
import { session } from '../session/session.store.ts';
import { outbox, signedInAs, studyDatabase } from './study.ts';

let started = false;

/** From now on what is written is sent whenever it can be, and follows who is signed in. */
export function startStudy(): void {
  if (started) return;
  started = true;
  let before = signedInAs();
  const follow = () => {
    const account = signedInAs();
    const left = before !== account ? before : undefined;
    before = account;
    if (left !== undefined) quietly(async () => forgetCopies(await studyDatabase(), left));
    if (account !== undefined || left !== undefined) quietly(wake);
  };
  session.subscribe(follow);
  session.onAccountDeleted((account) =>
    quietly(async () => forgetAccount(await studyDatabase(), account)),
  );
  addEventListener('online', () => quietly(wake));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') quietly(wake);
  });
  if (before !== undefined) quietly(wake);
}

async function wake(): Promise<void> {
  await outbox.refresh();
  await outbox.drain();
  await sendPlaces();
}

/** What fails here is tried again at the next occasion; what is written says itself when it cannot be kept. */
function quietly(work: () => Promise<void>): void {
  work().catch((error: unknown) => console.warn('The reader’s own store did not answer.', error));
}
