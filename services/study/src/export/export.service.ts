import type { ExportLine } from '@gospelib/contracts';
import type { Queries } from '@gospelib/database';
import { listPlaces } from '../history/history.repository.ts';
import { Conditions } from '../items/item.list.ts';
import { readColors } from '../palette/palette.repository.ts';
import type { StudyDatabase } from '../store/study.database.ts';
import type { ItemTransfer } from './item.transfer.ts';

/** Things read at once: with the largest notes about 13 MB. */
const batch = 200;

/**
 * Everything of one reader's, line by line. Read in short transactions, so that a slow download holds nothing:
 * what is changed meanwhile may come in its old or its new form, never half of it.
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
  const read = <T>(work: (rows: Queries) => Promise<T>): Promise<T> =>
    store.as(userId, 'export', work);
  for (const { color, label } of await read((rows) => readColors(rows, userId))) {
    yield { type: 'color', color, label };
  }
  for (const transfer of transfers) {
    let after: string | undefined;
    do {
      const last = after;
      const lines = await read((rows) => transfer.read(rows, userId, last, batch));
      yield* lines;
      after = lines.length < batch ? undefined : lines.at(-1)?.id;
    } while (after !== undefined);
  }
  const byChapter = new Conditions();
  byChapter.text = ' ORDER BY chapter';
  for (const entry of await read((rows) => listPlaces(rows, userId, byChapter))) {
    yield { type: 'history', ...entry };
  }
}
