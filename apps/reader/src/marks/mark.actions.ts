import type { Highlight, HighlightColor } from '@gospelib/contracts';
import { edit } from '../notes/editing.store.ts';
import type { Shown } from '../outbox/overlay.ts';
import { inputOf } from '../outbox/overlay.ts';
import { say } from '../study/toast.store.ts';
import { mayWrite, newId, write, writeWithUndo } from '../study/write.ts';
import type { ChapterMarks } from './chapter-marks.store.ts';
import type { ColorNames } from './colors.ts';
import {
  passageOfTarget,
  referenceOfTarget,
  sameWords,
  type Target,
  wordsOfTarget,
} from './mark.target.ts';

/** Highlights each verse of a target; if exactly that is already highlighted, changes the colour. */
export async function highlight(
  target: Target,
  color: HighlightColor,
  names: ColorNames,
  marks: Pick<ChapterMarks, 'highlights'>,
): Promise<void> {
  if (!mayWrite('highlight')) return;
  const reference = referenceOfTarget(target);
  const made: { readonly id: string; readonly key: string }[] = [];
  for (const { verse, words } of target.parts) {
    const passage = `${target.chapter.id}.${verse}`;
    const there = marks.highlights.find(
      ({ item }) => item.passage === passage && sameWords(item.words, words),
    );
    if (there && target.parts.length === 1) {
      if (there.item.color !== color) await recolor(there, color, names);
      return;
    }
    if (there) continue;
    const id = newId();
    const input = { passage, ...(words && { words }), color, tags: [] };
    const change = await write('highlights', id, input, 'absent');
    if (!change) return;
    made.push({ id, key: change.key });
  }
  if (made.length === 0) return;
  const undo = async () => {
    for (const { id, key } of made) await write('highlights', id, null, { after: key });
  };
  say(`${reference} highlighted: ${names[color]}.`, { label: 'Undo', run: () => void undo() });
}

export async function recolor(
  shown: Shown<Highlight>,
  color: HighlightColor,
  names: ColorNames,
): Promise<void> {
  const input = { ...inputOf<'highlights'>(shown.item), color };
  await writeWithUndo('highlights', shown, input, `Highlighted anew: ${names[color]}.`);
}

export async function unhighlight(shown: Shown<Highlight>): Promise<void> {
  await writeWithUndo('highlights', shown, null, 'Highlight removed.');
}

/** Adds a bookmark, or removes the one on exactly this passage. */
export async function bookmark(
  target: Target,
  marks: Pick<ChapterMarks, 'bookmarks'>,
): Promise<void> {
  if (!mayWrite('set bookmarks')) return;
  const passage = passageOfTarget(target);
  const there = marks.bookmarks.find(({ item }) => item.passage === passage);
  const reference = referenceOfTarget(target);
  if (there) {
    await writeWithUndo('bookmarks', there, null, `Bookmark at ${reference} removed.`);
    return;
  }
  const id = newId();
  const change = await write('bookmarks', id, { passage, tags: [] }, 'absent');
  if (!change) return;
  const undo = () => write('bookmarks', id, null, { after: change.key });
  say(`Bookmark set at ${reference}.`, { label: 'Undo', run: () => void undo() });
}

/** Opens the editor for a new note on a target. */
export function startNote(target: Target): void {
  if (!mayWrite('write notes')) return;
  edit({
    id: newId(),
    note: undefined,
    base: 'absent',
    passage: passageOfTarget(target),
    words: wordsOfTarget(target),
    reference: referenceOfTarget(target),
  });
}
