import type { ChapterMarksResponse } from '@gospelib/contracts';
import type { IDBPObjectStore } from 'idb';
import { touchesChapter } from '../marks/passage.place.ts';
import type { Settled } from './change.ts';
import type { KeptMarks, StudyDatabase } from './study.database.ts';

/** How many chapters' marks are saved per account; about 2 MB. */
const MOST = 400;

export async function readKeptMarks(
  database: StudyDatabase,
  account: string,
  chapter: string,
): Promise<ChapterMarksResponse | undefined> {
  return (await database.get('marks', [account, chapter]))?.marks;
}

/** Saves the marks of a chapter, and removes those of the chapters read longest ago. */
export async function keepMarks(database: StudyDatabase, kept: KeptMarks): Promise<void> {
  const work = database.transaction('marks', 'readwrite');
  await work.store.put(kept);
  const ages = IDBKeyRange.bound([kept.account], [kept.account, Number.POSITIVE_INFINITY]);
  const keys = await work.store.index('age').getAllKeys(ages);
  for (const key of keys.slice(0, -MOST)) await work.store.delete(key);
  await work.done;
}

type MarkStore = Pick<
  IDBPObjectStore<
    { marks: { key: [string, string]; value: KeptMarks } },
    ['marks'],
    'marks',
    'readwrite'
  >,
  'put'
> & { index(name: 'age'): { getAll(range: IDBKeyRange): Promise<KeptMarks[]> } };

/** Applies a confirmed change to the saved marks. */
export async function applySettled(
  store: MarkStore,
  { account, kind, id, item }: Settled,
): Promise<void> {
  if (kind === 'collections') return;
  const ages = IDBKeyRange.bound([account], [account, Number.POSITIVE_INFINITY]);
  for (const kept of await store.index('age').getAll(ages)) {
    const before: readonly { id: string }[] = kept.marks[kind];
    const passage = item && 'passage' in item ? item.passage : undefined;
    const here = passage !== undefined && touchesChapter(passage, kept.chapter);
    if (!here && !before.some((mark) => mark.id === id)) continue;
    const rest = before.filter((mark) => mark.id !== id);
    const marks = { ...kept.marks, [kind]: here ? [...rest, item] : rest };
    await store.put({ ...kept, marks });
  }
}
