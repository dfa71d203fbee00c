import { createStudyClient } from '@gospelib/client';
import { aloneUnder } from '../outbox/alone.ts';
import { ChangeStore } from '../outbox/change.store.ts';
import { Outbox } from '../outbox/outbox.ts';
import { sendChange } from '../outbox/send.change.ts';
import { openStudyDatabase, type StudyDatabase } from '../outbox/study.database.ts';
import { authorised } from '../session/authorised.ts';
import { session } from '../session/session.store.ts';

export const studyApi = createStudyClient({ baseUrl: '', fetch: authorised });

let opening: Promise<StudyDatabase> | undefined;
/** The device's own store, opened when it is first wanted, and again where that failed or it was closed. */
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
  alone: aloneUnder('gospelib.outbox'),
  channel:
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('gospelib.outbox'),
});
