import { createStudyClient } from '@gospelib/client';
import { ChangeStore } from '../outbox/change.store.ts';
import { Outbox } from '../outbox/outbox.ts';
import { sendChange } from '../outbox/send.change.ts';
import { openStudyDatabase, type StudyDatabase } from '../outbox/study.database.ts';
import { tabLock } from '../outbox/tab.lock.ts';
import { authorised } from '../session/authorised.ts';
import { session } from '../session/session.store.ts';

export const studyApi = createStudyClient({ baseUrl: '', fetch: authorised });

let opening: Promise<StudyDatabase> | undefined;
/** The device's own store, opened on first use and reopened after a failure or when it was closed. */
export function studyDatabase(): Promise<StudyDatabase> {
  const forget = () => {
    opening = undefined;
  };
  opening ??= openStudyDatabase(undefined, forget).catch((error: unknown) => {
    forget();
    throw error;
  });
  return opening;
}

export const signedInAs = (): string | undefined => session.current.account?.id;

/** The one outbox of the page. */
export const outbox = new Outbox({
  store: new ChangeStore(studyDatabase),
  account: signedInAs,
  send: (change) => sendChange(studyApi, signedInAs, change),
  exclusively: tabLock('gospelib.outbox'),
  channel:
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('gospelib.outbox'),
});
