import type { StudyContent, StudyKind } from '@gospelib/client';
import { v7 as uuid } from 'uuid';
import { signInPath } from '../address/account.address.ts';
import { hereNow } from '../address/page.address.ts';
import type { Base, Change } from '../outbox/change.ts';
import { inputOf, type Shown } from '../outbox/overlay.ts';
import { outbox, signedInAs } from './study.ts';
import { say } from './toast.store.ts';

export const newId = (): string => uuid();

/** Whether a reader is signed in; otherwise explains what signing in is for, with a link there and back. */
export function mayWrite(purpose: string): boolean {
  if (signedInAs() !== undefined) return true;
  say(`Sign in to ${purpose}; it is then yours on every device.`, {
    label: 'Sign in',
    to: signInPath(hereNow()),
  });
  return false;
}

/** Writes a change. Undefined, with a message, when even this device cannot store it: nothing has changed. */
export async function write<K extends StudyKind>(
  kind: K,
  id: string,
  input: StudyContent[K]['input'] | null,
  base: Base,
): Promise<Change | undefined> {
  try {
    return await outbox.write(kind, id, input, base);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(`Nothing was changed, for this device could not keep it. ${reason}`);
    return undefined;
  }
}

/**
 * Changes or deletes an item, and offers to undo it.
 * @param input the whole new content; null to delete
 * @returns false when nothing was changed
 */
export async function writeWithUndo<K extends StudyKind>(
  kind: K,
  shown: Shown<StudyContent[K]['item']>,
  input: StudyContent[K]['input'] | null,
  said: string,
): Promise<boolean> {
  const { item, base } = shown;
  const change = await write(kind, item.id, input, base);
  if (!change) return false;
  const undo = () => write(kind, item.id, inputOf<K>(item), { after: change.key });
  say(said, { label: 'Undo', run: () => void undo() });
  return true;
}
