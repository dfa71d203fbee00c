import type { NoteInput } from '@gospelib/contracts';
import { inputOf } from '../outbox/overlay.ts';
import { say } from '../study/toast.store.ts';
import { write, writeWithUndo } from '../study/write.ts';
import type { Editing } from './editing.store.ts';
import { cleanText, parseTags } from './note.text.ts';

/** Saves a note and offers to undo. @returns false when not even this device could store it */
export async function saveNote(
  { id, note, base, passage, words }: Editing,
  body: string,
  tags: string,
): Promise<boolean> {
  const input: NoteInput = {
    ...(note && inputOf<'notes'>(note)),
    ...(!note && passage !== undefined && { passage }),
    ...(!note && words && { words }),
    body: cleanText(body),
    tags: parseTags(tags),
  };
  if (note) {
    return writeWithUndo('notes', { item: note, base, unsaved: false }, input, 'Note changed.');
  }
  const change = await write('notes', id, input, base);
  if (!change) return false;
  const undo = () => write('notes', id, null, { after: change.key });
  say('Note saved.', { label: 'Undo', run: () => void undo() });
  return true;
}
