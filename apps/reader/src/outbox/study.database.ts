import type { ChapterMarksResponse } from '@gospelib/contracts';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Change } from './change.ts';

/** A reader's place to send to the server; only the last place of each chapter counts. */
export type UnsentPlace = {
  readonly account: string;
  readonly chapter: string;
  readonly verse: number;
  readonly readAt: string;
};

/** The marks of a chapter as last fetched, to read them without a connection. */
export type KeptMarks = {
  readonly account: string;
  readonly chapter: string;
  readonly keptAt: number;
  readonly marks: ChapterMarksResponse;
};

interface StudySchema extends DBSchema {
  changes: { key: number; value: Change; indexes: { account: string } };
  marks: { key: [string, string]; value: KeptMarks; indexes: { age: [string, number] } };
  places: { key: [string, string]; value: UnsentPlace; indexes: { account: string } };
}

export type StudyDatabase = IDBPDatabase<StudySchema>;

/**
 * The data of readers on this device, each record under the id of its account.
 * @param onClosed called when the browser, or a newer release in another tab, has closed it
 */
export function openStudyDatabase(
  name = 'gospelib-study',
  onClosed: () => void = () => undefined,
): Promise<StudyDatabase> {
  return openDB<StudySchema>(name, 1, {
    upgrade(database) {
      const changes = database.createObjectStore('changes', {
        keyPath: 'seq',
        autoIncrement: true,
      });
      changes.createIndex('account', 'account');
      const marks = database.createObjectStore('marks', { keyPath: ['account', 'chapter'] });
      marks.createIndex('age', ['account', 'keptAt']);
      const places = database.createObjectStore('places', { keyPath: ['account', 'chapter'] });
      places.createIndex('account', 'account');
    },
    // Another tab runs a newer release, which must not wait for this tab.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      onClosed();
    },
    terminated: onClosed,
  });
}
