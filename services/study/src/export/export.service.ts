import type { ExportLine } from '@gospelib/contracts';
import type { Queries } from '@gospelib/database';
import { listPlaces } from '../history/history.repository.ts';
import { Conditions } from '../items/item.list.ts';
import { readColors } from '../palette/palette.repository.ts';
import type { StudyDatabase } from '../store/study.database.ts';
import type { ItemTransfer } from './item.transfer.ts';

/**
 * Everything of one reader, line by line. Read in short transactions, so that a slow download holds no connection:
 * an item changed meanwhile appears in its old or its new form, never half of each.
 */
export async function* exportLines(
  store: StudyDatabase,
  transfers: readonly ItemTransfer[],
  userId: string,
): AsyncGenerator<ExportLine, void, void> {
  yield { type: 'gospelib-study', format: 1 };
  let lines = 0;
  for await (const line of contentLines(store, transfers, userId)) {
    lines += 1;
    yield line;
  }
  yield { type: 'end', lines };
}

async function* contentLines(
  store: StudyDatabase,
  transfers: readonly ItemTransfer[],
  userId: string,
): AsyncGenerator<ExportLine, void, void> {
  const read = <T>(work: (tx: Queries) => Promise<T>): Promise<T> =>
    store.read(userId, 'export', work);
  for (const { color, label } of await read((tx) => readColors(tx, userId))) {
    yield { type: 'color', color, label };
  }
  for (const transfer of transfers) {
    let after: string | undefined;
    do {
      const last = after;
      const { lines, more } = await read((tx) => transfer.read(tx, userId, last));
      yield* lines;
      after = more ? lines.at(-1)?.id : undefined;
    } while (after !== undefined);
  }
  const byChapter = new Conditions();
  byChapter.text = ' ORDER BY chapter';
  for (const entry of await read((tx) => listPlaces(tx, userId, byChapter))) {
    yield { type: 'history', ...entry };
  }
}
